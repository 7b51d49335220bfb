import { ApiProperty } from '@nestjs/swagger';
import type { Outlook, WaitReason } from '@gateway-queue/identify-queue';
import { ProblemBody, PROBLEMS } from '../../http/problem.ts';

const REASONS: readonly WaitReason[] = [
  'interval',
  'line',
  'paused',
  'budget',
  'storm',
  'limits-unknown',
  'limiter-unavailable',
];

/** Why there is no permit yet, and what to expect. */
export class NotYetBody extends ProblemBody {
  @ApiProperty({ enum: REASONS, example: 'line' })
  readonly reason!: WaitReason;

  @ApiProperty({
    description: 'Where the shard stands in its line; 1 is next.',
    type: 'integer',
    example: 3,
  })
  readonly position!: number;

  @ApiProperty({
    description: 'Ms until its permit if all goes on as now; null when that cannot be said.',
    type: 'integer',
    nullable: true,
    example: 12_750,
  })
  readonly estimatedWaitMs!: number | null;
}

export function toNotYetBody({ reason, position, estimatedWaitMs }: Outlook): NotYetBody {
  const { status, title } = PROBLEMS['wait-over'];
  return {
    status,
    title,
    code: 'wait-over',
    detail: 'The place in line is kept. Ask again when Retry-After says so.',
    reason,
    position,
    estimatedWaitMs: estimatedWaitMs === null ? null : Math.round(estimatedWaitMs),
  };
}
