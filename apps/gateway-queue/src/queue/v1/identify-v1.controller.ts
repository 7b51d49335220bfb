import {
  Controller,
  HttpCode,
  HttpStatus,
  Inject,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../auth/access.ts';
import { IGNORE_BODY } from '../../http/ignore-body.ts';
import { problemResponse } from '../../http/problem-response.ts';
import { CLOCK, type Clock } from '../../store/store.tokens.ts';
import type { Answers } from '../answers.ts';
import { documentBadQuery, documentNoToken } from '../documented-problems.ts';
import { Holding } from '../holding.ts';
import { shardOf } from '../identify.query.ts';
import { QueueTokenGuard } from '../queue-token.guard.ts';
import { turnedAwayProblem, v1Answers } from './answers.ts';
import { IdentifyV1Query } from './identify-v1.query.ts';
import { NotYetBody, toNotYetBody } from './not-yet.body.ts';
import { PermitBody } from './permit.body.ts';
import { RETRY_AFTER_HEADERS } from './retry-after.ts';

/** An outlook for the API's documentation. */
const IN_LINE = { reason: 'line', position: 3, estimatedWaitMs: 12_750, hasPlace: true } as const;

/** The endpoint for clients that know us. */
@ApiTags('queue')
@ApiBearerAuth('queue')
@Access('queue')
@UseGuards(QueueTokenGuard)
@Controller('v1/identify')
export class IdentifyV1Controller {
  readonly #answers: Answers;

  constructor(
    @Inject(Holding) private readonly holding: Holding,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#answers = v1Answers(() => clock.wallNow());
  }

  @Post()
  // Nothing is made that stays at a URL of its own, as Nest's 201 would say.
  @HttpCode(HttpStatus.OK)
  @RouteConfig(IGNORE_BODY)
  @ApiOperation({ summary: 'Wait for a permit to identify, for a while' })
  @ApiOkResponse({ description: 'The shard may identify now, once.', type: PermitBody })
  @documentBadQuery()
  @documentNoToken()
  @problemResponse({
    description:
      '`maxWaitMs` is over; Retry-After says when to ask again. The place is kept, unless `detail` says ' +
      'that there was none yet: of a request that hardly waited, or came while the limiter was away.',
    problems: [toNotYetBody(IN_LINE)],
    type: NotYetBody,
    headers: RETRY_AFTER_HEADERS,
  })
  @problemResponse({
    description:
      'Full, shutting down, or evicted by an operator. Retry-After says when to ask again.',
    problems: [
      turnedAwayProblem('full').body,
      turnedAwayProblem('draining').body,
      turnedAwayProblem('evicted').body,
    ],
    headers: RETRY_AFTER_HEADERS,
  })
  async identify(
    @Query() query: IdentifyV1Query,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { bot, confirm, maxWaitMs, priority } = query;
    const asked = { bot, shard: shardOf(query), priority, confirm: confirm === 'true' };
    await this.holding.hold(request, reply, asked, this.#answers, Number(maxWaitMs));
  }
}
