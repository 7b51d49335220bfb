import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { documentBody } from '../http/documented-body.ts';
import { problemResponse } from '../http/problem-response.ts';
import { IGNORE_BODY } from '../http/ignore-body.ts';
import { Settings } from '../settings/settings.ts';
import { Access } from './access.ts';
import { documentRecordsUnavailable, documentTooManyAttempts } from './document-access.ts';
import { identityOf } from './identity.ts';
import { LoginBody } from './login.body.ts';
import { Login } from './login.ts';
import { refusals } from './refusals.ts';
import { isCrossSite } from './same-origin.ts';
import { SessionBody, toSessionBody } from './session.body.ts';

/** Logs the dashboard in: with a token, for a cookie that its scripts cannot read. */
@ApiTags('session')
@Controller('api/v1/session')
export class SessionController {
  constructor(
    @Inject(Login) private readonly login: Login,
    @Inject(Settings) private readonly settings: Pick<Settings, 'environment'>,
  ) {}

  @Post()
  // The session is at this URL; Nest's 201 would say that it has another one.
  @HttpCode(HttpStatus.OK)
  @Access('public')
  @ApiOperation({ summary: 'Log in with a token, for a session cookie' })
  @ApiOkResponse({
    description: 'Logged in.',
    type: SessionBody,
    headers: {
      'Set-Cookie': {
        description: 'The session, for browsers. Programs send the token itself.',
        schema: { type: 'string' },
      },
    },
  })
  @documentBody('token')
  @problemResponse({
    description: 'The token is wrong.',
    problems: [refusals.unauthorized().body],
  })
  @problemResponse({
    description: "Another site's page asked.",
    problems: [refusals.crossSite().body],
  })
  @documentTooManyAttempts()
  @documentRecordsUnavailable()
  async begin(
    @Body() { token }: LoginBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionBody> {
    reply.header('cache-control', 'no-store');
    // Otherwise another site could log a browser in with a token of its choice.
    if (isCrossSite(request)) throw refusals.crossSite();
    const session = await this.login.begin(token, reply);
    return toSessionBody(session, session.expiresAt, this.settings.environment);
  }

  @Get()
  @Access('viewer')
  @ApiOperation({ summary: 'Who am I?' })
  @ApiOkResponse({ type: SessionBody })
  show(@Req() request: FastifyRequest): SessionBody {
    const { operator, session } = identityOf(request);
    return toSessionBody(operator, session?.expiresAt ?? null, this.settings.environment);
  }

  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  @RouteConfig(IGNORE_BODY)
  @Access('viewer')
  @ApiOperation({ summary: 'Log out' })
  @ApiNoContentResponse({
    description:
      'The session is over. With a bearer token there is none to end, and nothing happens.',
  })
  async end(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { operator, session } = identityOf(request);
    if (session) await this.login.end(operator, session, reply);
  }
}
