import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { bucketOf } from '@gateway-queue/identify-limiter';
import { Access } from '../../auth/access.ts';
import { BUCKET_RULE, toBucket } from '../http/bucket-in-path.ts';
import { documentLimiterUnavailable } from '../http/document-limiter.ts';
import { documentQuery } from '../http/document-query.ts';
import { BotInPath, BucketInPath } from '../http/in-path.ts';
import { KnownBotPipe } from '../http/known-bot.pipe.ts';
import { documentUnknown, noSuchBot, unknownResource } from '../http/unknown-resource.ts';
import type { NamedBotBody } from './bot-summary.body.ts';
import { BucketsQuery } from './buckets.query.ts';
import { BucketBody } from '../../live/bodies/bucket.body.ts';
import { BucketsBody } from './buckets.body.ts';
import { SeenBots } from './seen-bots.ts';

/** The lines of a bot, over all replicas. */
@ApiTags('bots')
@Access('viewer')
@BotInPath()
@Controller('api/v1/bots/:bot/buckets')
export class BucketsController {
  constructor(@Inject(SeenBots) private readonly bots: SeenBots) {}

  @Get()
  @ApiOperation({
    summary: 'List the buckets: how many requests wait, when each opens, why it does not move',
  })
  @ApiOkResponse({ type: BucketsBody })
  @documentLimiterUnavailable()
  @documentQuery('bucket', BUCKET_RULE)
  @documentUnknown(noSuchBot())
  async list(
    @Param('bot', KnownBotPipe) bot: string,
    @Query() query: BucketsQuery,
  ): Promise<BucketsBody> {
    const seen = await this.bots.one(bot);
    return { items: bucketsOf(seen).filter((bucket) => isWanted(bucket, query, seen)) };
  }

  @Get(':bucket')
  @BucketInPath()
  @ApiOperation({ summary: 'See one bucket' })
  @ApiOkResponse({ type: BucketBody })
  @documentLimiterUnavailable()
  @documentUnknown(noSuchBot(), noSuchBucket())
  async show(
    @Param('bot', KnownBotPipe) bot: string,
    @Param('bucket') bucket: string,
  ): Promise<BucketBody> {
    const found = (await this.bots.one(bot)).buckets[toBucket(bucket)];
    if (found === undefined) throw noSuchBucket();
    return found;
  }
}

function bucketsOf({ buckets }: NamedBotBody): BucketBody[] {
  return Object.values(buckets).toSorted((a, b) => a.bucket - b.bucket);
}

function isWanted(
  { bucket, reason }: BucketBody,
  wanted: BucketsQuery,
  { limits }: NamedBotBody,
): boolean {
  const { shard } = wanted;
  if (wanted.bucket !== undefined && bucket !== wanted.bucket) return false;
  if (wanted.reason !== undefined && reason !== wanted.reason) return false;
  return shard === undefined || bucket === bucketOf(shard, limits?.maxConcurrency ?? 1);
}

function noSuchBucket() {
  return unknownResource('The bot has no such bucket now. Its limits say how many there are.');
}
