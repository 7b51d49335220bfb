import {
  Controller,
  HttpCode,
  HttpStatus,
  Inject,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../../auth/access.ts';
import { ExactQuery } from '../../http/exact-query.ts';
import { IGNORE_BODY } from '../../http/ignore-body.ts';
import { problemResponse } from '../../http/problem-response.ts';
import { CLOCK, type Clock } from '../../store/store.tokens.ts';
import { documentBadQuery, documentNoToken } from '../documented-problems.ts';
import { type Answers, Holding } from '../holding.ts';
import { QueueTokenGuard } from '../queue-token.guard.ts';
import { noPermitProblem, v1Answers } from './answers.ts';
import { IdentifyV1Query } from './identify-v1.query.ts';
import { NotYetBody, toNotYetBody } from './not-yet.body.ts';
import { PermitBody } from './permit.body.ts';
import { RETRY_AFTER_HEADERS } from './retry-after.ts';

/** An example for the API's documentation. */
const IN_LINE = { reason: 'line', position: 3, estimatedWaitMs: 12_750, hasPlace: true } as const;

/** The endpoint for clients made for this service. It answers each request in words. */
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
  // Nest's 201 would say that the permit has a URL of its own.
  @HttpCode(HttpStatus.OK)
  @RouteConfig(IGNORE_BODY)
  @ApiOperation({ summary: 'Wait for a permit to identify, for a while' })
  @ApiOkResponse({ description: 'The shard may identify now, once.', type: PermitBody })
  @ExactQuery(IdentifyV1Query)
  @documentBadQuery()
  @documentNoToken()
  @problemResponse({
    description:
      '`maxWaitMs` is over. Retry-After says when to ask again. The place is kept, unless `detail` says that ' +
      'there is none yet: when the request hardly waited, or came while the limiter was away.',
    problems: [toNotYetBody(IN_LINE)],
    type: NotYetBody,
    headers: RETRY_AFTER_HEADERS,
  })
  @problemResponse({
    description:
      'Full, shutting down, or evicted by an operator. Retry-After says when to ask again.',
    problems: [
      noPermitProblem('full').body,
      noPermitProblem('draining').body,
      noPermitProblem('evicted').body,
    ],
    headers: RETRY_AFTER_HEADERS,
  })
  async identify(@Query() query: IdentifyV1Query, @Res() reply: FastifyReply): Promise<void> {
    const { bot, confirm, maxWaitMs, priority } = query;
    const asked = { bot, shard: Number(query.shard), priority, confirm: confirm === 'true' };
    await this.holding.hold(reply, asked, this.#answers, Number(maxWaitMs));
  }
}
