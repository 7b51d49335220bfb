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
    description: 'How many of them throttling holds back; others pass them.',
    type: 'integer',
    minimum: 0,
    example: 0,
  })
  readonly throttled!: number;

  @ApiPropertyOptional({
    description: 'Who is next; absent when nobody waits who could go.',
    type: HeadBody,
  })
  readonly head?: HeadBody;

  @MomentIfAny(
    'When the shard that has waited longest first asked; absent when no request waits.',
    1_767_225_540_000,
  )
  readonly oldestWaitSince?: number;

  @MomentIfAny('When it may have its next permit, if nothing else is in the way; absent when now.')
  readonly opensAt?: number;

  @ApiPropertyOptional({
    description:
      'The permit given last; absent when it is not among the newest of the bot (12 × maxConcurrency + 50, 2000 at most), or is older than an hour.',
    type: LastPermitBody,
  })
  readonly lastPermit?: LastPermitBody;

  @ApiPropertyOptional({
    description:
      'Why the one who is next has no permit yet; absent when nobody waits, and while that is being asked.',
    enum: WAIT_REASONS,
    example: 'interval',
  })
  readonly reason?: WaitReason;
}
