import { ApiProperty } from '@nestjs/swagger';
import { ForecastBody } from './forecast.body.ts';
import { MomentIfAny } from './moment.ts';

/** What is left of the session starts. */
export class BudgetBody {
  @ApiProperty({
    description:
      'Session starts left, the reserve among them. Below 0 when more were spent than there turned out to be.',
    type: 'integer',
    example: 871,
  })
  readonly remaining!: number;

  @ApiProperty({
    description: 'Session starts in a whole window.',
    type: 'integer',
    minimum: 0,
    example: 1000,
  })
  readonly total!: number;

  @ApiProperty({
    description: 'Session starts that are never handed out.',
    type: 'integer',
    minimum: 0,
    example: 10,
  })
  readonly reserve!: number;

  @MomentIfAny(
    'When `remaining` is `total` again; absent while the window has not begun.',
    1_767_312_000_000,
  )
  readonly resetAt?: number;

  @ApiProperty({ type: ForecastBody })
  readonly forecast!: ForecastBody;
}
