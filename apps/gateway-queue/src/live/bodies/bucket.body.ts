import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { WAIT_REASONS, type WaitReason } from '@gateway-queue/identify-limiter';
import { HeadBody } from './head.body.ts';
import { LastPermitBody } from './last-permit.body.ts';
import { MomentIfAny } from './moment.ts';

/** One bucket, over all replicas. */
export class BucketBody {
  @ApiProperty({
    description: 'Its number: `shard % maxConcurrency`.',
    type: 'integer',
    minimum: 0,
    example: 3,
  })
  readonly bucket!: number;

  @ApiProperty({
    description: 'How many requests wait, the throttled ones among them.',
    type: 'integer',
    minimum: 0,
    example: 12,
  })
  readonly waiting!: number;

  @ApiProperty({
    description: 'How many of them are throttled; others pass them.',
    type: 'integer',
    minimum: 0,
    example: 0,
  })
  readonly throttled!: number;

  @ApiPropertyOptional({
    description:
      'The next request; absent when all requests that wait are throttled or not enrolled yet.',
    type: HeadBody,
  })
  readonly head?: HeadBody;

  @MomentIfAny(
    'When the shard that has waited longest first asked; absent when no request waits.',
    1_767_225_540_000,
  )
  readonly oldestWaitSince?: number;

  @MomentIfAny('When the bucket opens; absent when it is open.')
  readonly opensAt?: number;

  @ApiPropertyOptional({
    description:
      'The last permit; absent when it is not among the newest of the bot (12 × maxConcurrency + 50, 2000 at most), or is older than an hour.',
    type: LastPermitBody,
  })
  readonly lastPermit?: LastPermitBody;

  @ApiPropertyOptional({
    description:
      'Why the next request has no permit yet; absent when no request waits, and until the limiter has answered.',
    enum: WAIT_REASONS,
    example: 'interval',
  })
  readonly reason?: WaitReason;
}
