import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  HttpStatus,
  Inject,
  Param,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../../auth/access.ts';
import { CurrentOperator } from '../../auth/current-operator.ts';
import type { ActingOperator } from '../../auth/identity.ts';
import { bodyPipe } from '../../http/body.pipe.ts';
import { documentBody } from '../../http/documented-body.ts';
import { problemResponse } from '../../http/problem-response.ts';
import { IGNORE_BODY } from '../../http/ignore-body.ts';
import { SeenBots } from '../bots/seen-bots.ts';
import { documentLimiterUnavailable } from '../http/document-limiter.ts';
import { documentQuery } from '../http/document-query.ts';
import { BotInPath } from '../http/in-path.ts';
import { KnownBotPipe } from '../http/known-bot.pipe.ts';
import { ReasonQuery } from '../http/reason.query.ts';
import { REASON_RULE } from '../http/reason.ts';
import { documentUnknown, noSuchBot } from '../http/unknown-resource.ts';
import { BotLimitsBody } from './bot-limits.body.ts';
import { ETAG_PATTERN, expectedVersion, outdated, toETag, wrongHeader } from './if-match.ts';
import { OverrideBody, OverrideOrderBody } from './override.body.ts';
import { noSuchOverride, notADivisor, Overriding } from './overriding.ts';

const ETAG = {
  ETag: {
    description: 'The version of the override.',
    schema: { type: 'string' },
    example: '"1767225600000"',
  },
} as const;

const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description:
    'The ETag that you read: when the override has another one by now, nothing is changed.',
  schema: { type: 'string', pattern: ETAG_PATTERN.source },
} as const;

/** The limits of a bot, and their override. */
@ApiTags('limits')
@Access('viewer')
@BotInPath()
@Controller('api/v1/bots/:bot/limits')
export class LimitsController {
  constructor(
    @Inject(SeenBots) private readonly bots: SeenBots,
    @Inject(Overriding) private readonly overriding: Overriding,
  ) {}

  @Get()
  @ApiOperation({ summary: 'See limits, budget and override' })
  @ApiOkResponse({ type: BotLimitsBody })
  @documentUnknown(noSuchBot())
  async show(@Param('bot', KnownBotPipe) bot: string): Promise<BotLimitsBody> {
    const [{ budget, limits, margin }, override] = await Promise.all([
      this.bots.one(bot),
      this.overriding.find(bot),
    ]);
    return {
      ...(limits && { limits }),
      ...(budget && { budget }),
      ...(margin && { margin }),
      ...(override && { override: override.body }),
    };
  }

  @Get('override')
  @ApiOperation({ summary: 'See the override' })
  @ApiOkResponse({ type: OverrideBody, headers: ETAG })
  @documentUnknown(noSuchBot(), noSuchOverride())
  async showOverride(
    @Param('bot', KnownBotPipe) bot: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OverrideBody> {
    const override = await this.overriding.find(bot);
    if (override === undefined) throw noSuchOverride();
    reply.header('etag', toETag(override.version));
    return override.body;
  }

  @Put('override')
  @Access('operator')
  @ApiOperation({
    summary: 'Override max_concurrency',
    description:
      "It holds at once, for all replicas and over restarts, and goes before Discord's answer and MAX_CONCURRENCY until it " +
      "is lifted. It has to divide Discord's value; when that changes so that it no longer does, Discord's value holds, and " +
      '`info` of the bot says so. New buckets open no earlier than any old one would have. While the limits are unknown, ' +
      'Discord has to be asked first.',
  })
  @ApiHeader(IF_MATCH)
  @ApiHeader({
    name: 'If-None-Match',
    required: false,
    description:
      '`*`: when there is an override by now, nothing is changed. Not together with If-Match.',
    schema: { type: 'string', enum: ['*'] },
  })
  @ApiOkResponse({ description: 'It holds.', type: OverrideBody, headers: ETAG })
  @documentBody('maxConcurrency')
  @problemResponse({
    description: 'A header is wrong.',
    problems: [wrongHeader('If-Match').body],
  })
  @problemResponse({
    description: "It does not divide Discord's value.",
    problems: [notADivisor(16).body],
  })
  @problemResponse({ description: 'Another operator was faster.', problems: [outdated().body] })
  @documentUnknown(noSuchBot())
  @documentLimiterUnavailable()
  async override(
    @Param('bot', KnownBotPipe) bot: string,
    @Body(bodyPipe) order: OverrideOrderBody,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @CurrentOperator() operator: ActingOperator,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OverrideBody> {
    const version = expectedVersion(ifMatch, ifNoneMatch);
    const override = await this.overriding.put(bot, order, version, operator);
    reply.header('etag', toETag(override.version));
    return override.body;
  }

  @Delete('override')
  @HttpCode(HttpStatus.NO_CONTENT)
  @RouteConfig(IGNORE_BODY)
  @Access('operator')
  @ApiOperation({
    summary: 'Lift the override',
    description:
      "Discord's limits hold again as soon as Discord has answered; it is asked at once.",
  })
  @ApiHeader({
    ...IF_MATCH,
    description:
      'The ETag that you read: when the override has another one by now, or is gone, nothing is changed.',
  })
  @ApiNoContentResponse({ description: 'There is no override any more, or was none before.' })
  @documentQuery('reason', REASON_RULE)
  @problemResponse({
    description: 'The header is wrong.',
    problems: [wrongHeader('If-Match').body],
  })
  @problemResponse({ description: 'Another operator was faster.', problems: [outdated().body] })
  @documentUnknown(noSuchBot())
  @documentLimiterUnavailable()
  async lift(
    @Param('bot', KnownBotPipe) bot: string,
    @Query() { reason }: ReasonQuery,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentOperator() operator: ActingOperator,
  ): Promise<void> {
    const version = expectedVersion(ifMatch, undefined);
    await this.overriding.lift(bot, reason, version, operator);
  }
}
