import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { BucketBody } from './bucket.body.ts';
import { BudgetBody } from './budget.body.ts';
import { GatewayInfoBody } from './gateway-info.body.ts';
import { HoldBody } from './hold.body.ts';
import { LimitsBody } from './limits.body.ts';
import { MapOf } from './map-of.ts';
import { MarginBody } from './margin.body.ts';
import { MomentIfAny } from './moment.ts';
import { PauseBody } from './pause.body.ts';
import { RecentPermitBody } from './recent-permit.body.ts';

/** One bot, over all replicas. */
export class BotBody {
  @ApiPropertyOptional({ description: 'Absent while they are unknown.', type: LimitsBody })
  readonly limits?: LimitsBody;

  @ApiPropertyOptional({ description: 'Absent while the limits are unknown.', type: BudgetBody })
  readonly budget?: BudgetBody;

  @ApiPropertyOptional({ description: 'Absent while the limits are unknown.', type: MarginBody })
  readonly margin?: MarginBody;

  @ApiPropertyOptional({
    description: 'Absent until a replica has reported it.',
    type: GatewayInfoBody,
  })
  readonly info?: GatewayInfoBody;

  @ApiProperty({
    description:
      'Permits of the last minute without released ones, counted among the newest 12 × maxConcurrency + 50 (2000 at most).',
    type: 'integer',
    minimum: 0,
    example: 96,
  })
  readonly permitsPerMinute!: number;

  @ApiPropertyOptional({
    description:
      'Permits of the last hour, without released ones, whose request named no shard: those of a probe, for instance. Counted ' +
      'among the newest 12 × maxConcurrency + 50 (2000 at most); absent when there are none.',
    type: 'integer',
    minimum: 1,
    example: 12,
  })
  readonly unnamedPermits?: number;

  @ApiProperty({
    description: 'How many requests wait, in all buckets.',
    type: 'integer',
    minimum: 0,
    example: 128,
  })
  readonly waiting!: number;

  @MomentIfAny(
    'When the shard that has waited longest first asked; absent when no request waits.',
    1_767_225_540_000,
  )
  readonly oldestWaitSince?: number;

  @MapOf(PauseBody, 'The pauses that hold, by their scope: `all` for the whole bot, or the bucket.')
  readonly pauses!: Readonly<Record<string, PauseBody>>;

  @MapOf(HoldBody, 'What holds requests back for longer than their lines do, by its reason.')
  readonly holds!: Readonly<Record<string, HoldBody>>;

  @MapOf(BucketBody, 'By its number. Without limits there are only those in which requests wait.')
  readonly buckets!: Readonly<Record<string, BucketBody>>;

  @MapOf(
    RecentPermitBody,
    'The newest 50 + 4 × maxConcurrency (1000 at most) of the last hour, by id; `at` says in which order.',
  )
  readonly recentPermits!: Readonly<Record<string, RecentPermitBody>>;
}
