import {
  applyDecorators,
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
import type { PauseScope } from '@gateway-queue/identify-limiter';
import { Access } from '../../auth/access.ts';
import { CurrentOperator } from '../../auth/current-operator.ts';
import type { ActingOperator } from '../../auth/identity.ts';
import { bodyPipe } from '../../http/body.pipe.ts';
import { documentBody } from '../../http/documented-body.ts';
import { IGNORE_BODY } from '../../http/ignore-body.ts';
import { documentLimiterUnavailable } from '../http/document-limiter.ts';
import { documentQuery } from '../http/document-query.ts';
import { BotInPath, BucketInPath } from '../http/in-path.ts';
import { ReasonQuery } from '../http/reason.query.ts';
import { REASON_RULE } from '../http/reason.ts';
import { documentUnknown, noSuchBot } from '../http/unknown-resource.ts';
import { ScopedPauseBody } from './listed-pause.body.ts';
import { PauseOrderBody } from './pause-order.body.ts';
import { PauseScopePipe } from './pause-scope.pipe.ts';
import { noSuchPause, Pausing } from './pausing.ts';

const PUT =
  'From the answer on no permit is given there, by any replica, over restarts; requests that wait stay in line. A pause ' +
  'that holds is replaced.';

/**
 * The routes of one pause: see it, put it, lift it.
 *
 * @param what is paused, for the documentation
 * @param note what is special about a pause of this scope
 * @param scopeInPath documents the parts of the path
 */
function pauseRoutes(what: string, note: string, scopeInPath: ClassDecorator) {
  @ApiTags('pauses')
  @Access('viewer')
  @scopeInPath
  @documentLimiterUnavailable()
  abstract class PauseRoutes {
    constructor(@Inject(Pausing) readonly pausing: Pausing) {}

    @Get()
    @ApiOperation({ summary: `See the pause of ${what}` })
    @ApiOkResponse({ type: ScopedPauseBody })
    @documentUnknown(noSuchBot(), noSuchPause())
    show(@Param(PauseScopePipe) scope: PauseScope): Promise<ScopedPauseBody> {
      return this.pausing.one(scope);
    }

    @Put()
    @Access('operator')
    @ApiOperation({ summary: `Pause ${what}`, description: PUT + note })
    @ApiOkResponse({ description: 'It is paused.', type: ScopedPauseBody })
    @documentBody('reason')
    @documentUnknown(noSuchBot())
    pause(
      @Param(PauseScopePipe) scope: PauseScope,
      @Body(bodyPipe) order: PauseOrderBody,
      @CurrentOperator() operator: ActingOperator,
    ): Promise<ScopedPauseBody> {
      return this.pausing.put(scope, order, operator);
    }

    @Delete()
    @HttpCode(HttpStatus.NO_CONTENT)
    @RouteConfig(IGNORE_BODY)
    @Access('operator')
    @ApiOperation({ summary: `Resume ${what}` })
    @ApiNoContentResponse({
      description: 'It is not paused by this pause any more, or was not before.',
    })
    @documentQuery('reason', REASON_RULE)
    @documentUnknown(noSuchBot())
    resume(
      @Param(PauseScopePipe) scope: PauseScope,
      @Query() { reason }: ReasonQuery,
      @CurrentOperator() operator: ActingOperator,
    ): Promise<void> {
      return this.pausing.lift(scope, reason, operator);
    }
  }
  return PauseRoutes;
}

/** The pause of a whole bot. */
@Controller('api/v1/bots/:bot/pause')
export class BotPauseController extends pauseRoutes('a whole bot', '', BotInPath()) {}

/** The pause of one bucket. */
@Controller('api/v1/bots/:bot/buckets/:bucket/pause')
export class BucketPauseController extends pauseRoutes(
  'one bucket',
  ' The pause of a bucket which does not exist is `dormant` until it does.',
  applyDecorators(BotInPath(), BucketInPath()),
) {}
