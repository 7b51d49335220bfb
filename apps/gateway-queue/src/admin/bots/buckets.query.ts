import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { WAIT_REASONS, type WaitReason } from '@gateway-queue/identify-limiter';
import { BucketParameter } from '../http/bucket-parameter.ts';
import { ShardParameter } from '../http/shard-parameter.ts';

/** What is right for a reason that lines are chosen by. */
export const WAIT_REASON_RULE = `must be given once, as one of ${WAIT_REASONS.join(', ')}`;

/** Which buckets. */
export class BucketsQuery {
  @BucketParameter('This one alone.')
  readonly bucket?: number;

  @ShardParameter('The one of this shard alone.')
  readonly shard?: number;

  @ApiPropertyOptional({
    description: 'Those that do not move for this reason.',
    enum: WAIT_REASONS,
  })
  @IsOptional()
  @IsIn(WAIT_REASONS, { message: WAIT_REASON_RULE })
  readonly reason?: WaitReason;
}
