import {
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Param,
  Query,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { Access } from '../../auth/access.ts';
import { CurrentOperator } from '../../auth/current-operator.ts';
import type { ActingOperator } from '../../auth/identity.ts';
import { Problem } from '../../http/problem.ts';
import { problemResponse } from '../../http/problem-response.ts';
import { IGNORE_BODY } from '../../http/ignore-body.ts';
import { Changes } from '../changes.ts';
import { BUCKET_RULE } from '../http/bucket-in-path.ts';
import { documentLimiterUnavailable } from '../http/document-limiter.ts';
import { documentQuery } from '../http/document-query.ts';
import { BotInPath } from '../http/in-path.ts';
import { KnownBotPipe } from '../http/known-bot.pipe.ts';
import { ReasonQuery } from '../http/reason.query.ts';
import { REASON_RULE } from '../http/reason.ts';
import { documentUnknown, noSuchBot, unknownResource } from '../http/unknown-resource.ts';
import { Lists } from '../lists/lists.ts';
import { Eviction } from './eviction.ts';
import { WaitersBody } from './waiter.body.ts';
import { waitersPage } from './waiters-page.ts';
import { WaitersQuery } from './waiters.query.ts';
import { StoreAnswers } from '../../store/store-answers.ts';

/** The requests that wait for a permit. */
@ApiTags('waiters')
@Access('viewer')
@BotInPath()
@Controller('api/v1/bots/:bot/waiters')
export class WaitersController {
  constructor(
    @Inject(Lists) private readonly lists: Lists,
    @Inject(StoreAnswers) private readonly answers: StoreAnswers,
    @Inject(Eviction) private readonly eviction: Eviction,
    @Inject(Changes) private readonly changes: Changes,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List the requests that wait, at all replicas',
    description:
      'At most a second old. Requests join and leave all the time: a page goes on behind the last rank of the page before, ' +
      'also when that request has left.',
  })
  @ApiOkResponse({ type: WaitersBody })
  @documentQuery('bucket', BUCKET_RULE)
  @documentUnknown(noSuchBot())
  @documentLimiterUnavailable()
  async list(
    @Param('bot', KnownBotPipe) bot: string,
    @Query() query: WaitersQuery,
  ): Promise<WaitersBody> {
    const waiters = await this.answers.fromLimiter(this.lists.waiters(bot));
    return waitersPage(waiters, query);
  }

  @Delete(':waiter')
  @HttpCode(HttpStatus.NO_CONTENT)
  @RouteConfig(IGNORE_BODY)
  @Access('operator')
  @ApiOperation({
    summary: 'Evict a request that waits',
    description:
      'Its request is ended, at whichever replica: on `/` its connection is closed, on `/v1` it is answered 503 ' +
      '`evicted`. No place is kept. A client that asks again goes to the end of its line.',
  })
  @ApiParam({
    name: 'waiter',
    description: 'The id of the request.',
    example: '7b1f0a52-9a5c-4a57-8d6e-7f6f5d0c9a11.12',
  })
  @ApiNoContentResponse({ description: 'It waits no more.' })
  @documentQuery('reason', REASON_RULE)
  @documentUnknown(noSuchBot(), noSuchWaiter())
  @problemResponse({
    description: 'Its replica did not end it in time.',
    problems: [notEvicted().body],
  })
  @documentLimiterUnavailable()
  async evict(
    @Param('bot', KnownBotPipe) bot: string,
    @Param('waiter') id: string,
    @Query() { reason }: ReasonQuery,
    @CurrentOperator() operator: ActingOperator,
  ): Promise<void> {
    const waiters = await this.answers.fromLimiter(this.lists.waitersNow(bot));
    const waiter = waiters.find((other) => other.id === id);
    if (waiter === undefined) throw noSuchWaiter();
    const { replica, shard } = waiter;
    const change = { bot, target: id, reason: reason ?? null, details: { shard, replica } };
    await this.changes.carryOut(operator, 'evict', change, async () => {
      if (!(await this.answers.fromLimiter(this.eviction.carryOut(bot, id)))) throw notEvicted();
    });
  }
}

function noSuchWaiter(): Problem {
  return unknownResource(
    'No request with this id waits. It may have had its permit, or have left.',
  );
}

function notEvicted(): Problem {
  return Problem.of(
    'not-evicted',
    'The replica that holds it did not end it in time; it may yet. Ask again.',
  );
}
