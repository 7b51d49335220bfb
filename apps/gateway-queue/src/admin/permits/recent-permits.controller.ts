import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PermitView } from '@gateway-queue/identify-limiter';
import { Access } from '../../auth/access.ts';
import { makePermit } from '../../live/snapshot/make-permits.ts';
import { toPermitId } from '../../queue/v1/permit-id.ts';
import { BUCKET_RULE } from '../http/bucket-in-path.ts';
import { documentLimiterUnavailable } from '../http/document-limiter.ts';
import { documentQuery } from '../http/document-query.ts';
import { BotInPath } from '../http/in-path.ts';
import { KnownBotPipe } from '../http/known-bot.pipe.ts';
import { documentUnknown, noSuchBot } from '../http/unknown-resource.ts';
import { Lists } from '../lists/lists.ts';
import { type ListedPermitBody, PermitsBody } from './listed-permit.body.ts';
import { MAX_PERMITS, RecentPermitsQuery } from './recent-permits.query.ts';
import { StoreAnswers } from '../../store/store-answers.ts';

/** The permits of the last hour. */
@ApiTags('permits')
@Access('viewer')
@BotInPath()
@Controller('api/v1/bots/:bot/permits')
export class RecentPermitsController {
  constructor(
    @Inject(Lists) private readonly lists: Lists,
    @Inject(StoreAnswers) private readonly answers: StoreAnswers,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List the permits of the last hour',
    description: `Searches the newest ${MAX_PERMITS}, whichever replica gave them. At most a second old.`,
  })
  @ApiOkResponse({ type: PermitsBody })
  @documentQuery('bucket', BUCKET_RULE)
  @documentUnknown(noSuchBot())
  @documentLimiterUnavailable()
  async list(
    @Param('bot', KnownBotPipe) bot: string,
    @Query() { bucket, shard, limit }: RecentPermitsQuery,
  ): Promise<PermitsBody> {
    const permits = await this.answers.fromLimiter(this.lists.permits(bot));
    const items = permits
      .filter((permit) => bucket === undefined || permit.bucket === bucket)
      .filter((permit) => shard === undefined || permit.shard === shard)
      .slice(0, limit)
      .map((permit) => toListedPermit(bot, permit));
    return { items };
  }
}

function toListedPermit(bot: string, permit: PermitView): ListedPermitBody {
  return Object.assign({ id: toPermitId({ bot, id: permit.id }) }, makePermit(permit));
}
