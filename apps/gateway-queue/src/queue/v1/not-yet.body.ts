import { ApiProperty } from '@nestjs/swagger';
import { WAIT_REASONS, type WaitReason } from '@gateway-queue/identify-limiter';
import type { Estimate } from '@gateway-queue/identify-queue';
import { ProblemBody, PROBLEMS } from '../../http/problem.ts';

const PLACE_KEPT = 'The place in line is kept. Ask again when Retry-After says so.';
const NO_PLACE =
  'The request was not in line yet, so no place is promised. Ask again when Retry-After says so.';

/** Why there is no permit yet, and what to expect. */
export class NotYetBody extends ProblemBody {
  @ApiProperty({ enum: WAIT_REASONS })
  readonly reason!: WaitReason;

  @ApiProperty({
    description:
      'The position of the shard in the line of its bucket, at this replica; 1 is next. Of a request that was not in line ' +
      'yet it is the end of the line.',
    type: 'integer',
  })
  readonly position!: number;

  @ApiProperty({
    description:
      'Ms until the permit, if the shard asks again in time and nothing changes. The end of a pause and the reset of the ' +
      'session starts count where they come before its turn. While a permit of the bucket is pending, the estimate assumes ' +
      'that it is never confirmed and that the following permits are unconfirmed: for the next shard in line that is an ' +
      'upper bound, for those behind it an assumption. Null when there is no estimate.',
    type: 'integer',
    nullable: true,
  })
  readonly estimatedWaitMs!: number | null;
}

export function toNotYetBody(estimate: Estimate): NotYetBody {
  const { estimatedWaitMs, hasPlace, position, reason } = estimate;
  const { status, title } = PROBLEMS['wait-over'];
  return {
    status,
    title,
    code: 'wait-over',
    detail: hasPlace ? PLACE_KEPT : NO_PLACE,
    reason,
    position,
    estimatedWaitMs: estimatedWaitMs === null ? null : Math.round(estimatedWaitMs),
  };
}
