import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { WAIT_REASONS, type WaitReason } from '@gateway-queue/identify-limiter';
import { BucketParameter } from '../http/bucket-parameter.ts';
import { ShardParameter } from '../http/shard-parameter.ts';

/** The rule for `reason`. */
const WAIT_REASON_RULE = `must be given once, as one of ${WAIT_REASONS.join(', ')}`;

/** Which buckets. */
export class BucketsQuery {
  @BucketParameter('Only this bucket.')
  readonly bucket?: number;

  @ShardParameter('Only the bucket of this shard.')
  readonly shard?: number;

  @ApiPropertyOptional({
    description: 'Only buckets whose line does not move for this reason.',
    enum: WAIT_REASONS,
  })
  @IsOptional()
  @IsIn(WAIT_REASONS, { message: WAIT_REASON_RULE })
  readonly reason?: WaitReason;
}
