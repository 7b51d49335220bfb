import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { Reason } from '../http/reason.ts';

/** From a second, since a shorter pause would have no effect that operators could see, to 30 days. */
const DURATION_MS = { min: 1000, max: 30 * 24 * 60 * 60 * 1000 } as const;

const RULE = `must be a whole number of milliseconds from ${DURATION_MS.min} to ${DURATION_MS.max}; leave it out for a pause that does not end by itself`;

/** An operator's order of a pause. */
export class PauseOrderBody {
  @Reason()
  readonly reason!: string;

  @ApiPropertyOptional({
    description:
      'Ms after which the pause ends by itself. Without it, or with null, the pause does not end by itself.',
    type: 'integer',
    minimum: DURATION_MS.min,
    maximum: DURATION_MS.max,
    nullable: true,
    example: 600_000,
  })
  @IsOptional()
  @IsInt({ message: RULE })
  @Min(DURATION_MS.min, { message: RULE })
  @Max(DURATION_MS.max, { message: RULE })
  readonly durationMs?: number | null;
}
