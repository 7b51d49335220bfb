import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Param,
  Put,
  Query,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/access.ts';
import { CurrentOperator } from '../../auth/current-operator.ts';
import type { ActingOperator } from '../../auth/identity.ts';
import { bodyPipe } from '../../http/body.pipe.ts';
import { documentBody } from '../../http/documented-body.ts';
import { IGNORE_BODY } from '../../http/ignore-body.ts';
import { toBucket } from '../http/bucket-in-path.ts';
import { documentLimiterUnavailable } from '../http/document-limiter.ts';
import { documentQuery } from '../http/document-query.ts';
import { BotInPath, BucketInPath } from '../http/in-path.ts';
import { KnownBotPipe } from '../http/known-bot.pipe.ts';
import { ReasonQuery } from '../http/reason.query.ts';
import { REASON_RULE } from '../http/reason.ts';
import { documentUnknown, noSuchBot } from '../http/unknown-resource.ts';
import { ScopedPauseBody } from './listed-pause.body.ts';
import { PauseOrderBody } from './pause-order.body.ts';
import { noSuchPause, Pausing } from './pausing.ts';

/** The pause of one bucket. */
@ApiTags('pauses')
@Access('viewer')
@BotInPath()
@BucketInPath()
@documentLimiterUnavailable()
@Controller('api/v1/bots/:bot/buckets/:bucket/pause')
export class BucketPauseController {
  constructor(@Inject(Pausing) private readonly pausing: Pausing) {}

  @Get()
  @ApiOperation({ summary: 'See the pause of one bucket' })
  @ApiOkResponse({ type: ScopedPauseBody })
  @documentUnknown(noSuchBot(), noSuchPause())
  async show(
    @Param('bot', KnownBotPipe) bot: string,
    @Param('bucket') bucket: string,
  ): Promise<ScopedPauseBody> {
    return this.pausing.one({ bot, bucket: toBucket(bucket) });
  }

  @Put()
  @Access('operator')
  @ApiOperation({
    summary: 'Pause one bucket',
    description:
      'From the answer on no permit is given there, by any replica, over restarts; who waits stays. A pause that holds is ' +
      'replaced. That of a bucket which does not exist is `dormant` until it does.',
  })
  @ApiOkResponse({ description: 'It is paused.', type: ScopedPauseBody })
  @documentBody('reason')
  @documentUnknown(noSuchBot())
  async pause(
    @Param('bot', KnownBotPipe) bot: string,
    @Param('bucket') bucket: string,
    @Body(bodyPipe) order: PauseOrderBody,
    @CurrentOperator() operator: ActingOperator,
  ): Promise<ScopedPauseBody> {
    return this.pausing.put({ bot, bucket: toBucket(bucket) }, order, operator);
  }

  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  @RouteConfig(IGNORE_BODY)
  @Access('operator')
  @ApiOperation({ summary: 'Resume one bucket' })
  @ApiNoContentResponse({
    description: 'It is not paused by this pause any more, or was not before.',
  })
  @documentQuery('reason', REASON_RULE)
  @documentUnknown(noSuchBot())
  async resume(
    @Param('bot', KnownBotPipe) bot: string,
    @Param('bucket') bucket: string,
    @Query() { reason }: ReasonQuery,
    @CurrentOperator() operator: ActingOperator,
  ): Promise<void> {
    return this.pausing.lift({ bot, bucket: toBucket(bucket) }, reason, operator);
  }
}
