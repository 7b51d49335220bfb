import { ApiPropertyOptional } from '@nestjs/swagger';
import { BudgetBody } from '../../live/bodies/budget.body.ts';
import { LimitsBody } from '../../live/bodies/limits.body.ts';
import { MarginBody } from '../../live/bodies/margin.body.ts';
import { OverrideBody } from './override.body.ts';

/** The limits of a bot, its budget, its margin, and the override if there is one. */
export class BotLimitsBody {
  @ApiPropertyOptional({ description: 'Absent while they are unknown.', type: LimitsBody })
  readonly limits?: LimitsBody;

  @ApiPropertyOptional({ description: 'Absent while the limits are unknown.', type: BudgetBody })
  readonly budget?: BudgetBody;

  @ApiPropertyOptional({ description: 'Absent while the limits are unknown.', type: MarginBody })
  readonly margin?: MarginBody;

  @ApiPropertyOptional({
    description:
      "The operators' override, which goes before Discord's answer; absent when there is none.",
    type: OverrideBody,
  })
  readonly override?: OverrideBody;
}
