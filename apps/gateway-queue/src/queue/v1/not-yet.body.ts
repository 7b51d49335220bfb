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
      'Where the shard stands in the line of its bucket, at this replica; 1 is next. The end of it when the request ' +
      'was not in line yet.',
    type: 'integer',
  })
  readonly position!: number;

  @ApiProperty({
    description:
      'Ms until its permit if it asks again in time and all goes on as now: with the end of a pause and the reset ' +
      'of the session starts, where they come before its turn. While a permit of its bucket is still to be confirmed, ' +
      'it reckons with that never being done, and with unconfirmed permits from then on: an upper bound for the next in ' +
      'line, and an assumption for those behind. Null when that cannot be said.',
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
