import { ApiPropertyOptional } from '@nestjs/swagger';
import { BudgetBody } from '../../live/bodies/budget.body.ts';
import { LimitsBody } from '../../live/bodies/limits.body.ts';
import { OverrideBody } from './override.body.ts';

/** What a bot may do, and by whose word. */
export class BotLimitsBody {
  @ApiPropertyOptional({ description: 'Absent while nobody knows them.', type: LimitsBody })
  readonly limits?: LimitsBody;

  @ApiPropertyOptional({ description: 'Absent while nobody knows the limits.', type: BudgetBody })
  readonly budget?: BudgetBody;

  @ApiPropertyOptional({
    description: "An operator's word, which goes before Discord's; absent when there is none.",
    type: OverrideBody,
  })
  readonly override?: OverrideBody;
}
