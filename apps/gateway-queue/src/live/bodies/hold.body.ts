import { HOLD_REASONS, type HoldReason } from '@gateway-queue/identify-limiter';
import { ApiProperty } from '@nestjs/swagger';
import { Moment, MomentIfAny } from './moment.ts';

/** What holds requests of a bot back for longer than their lines do, over all replicas. */
export class HoldBody {
  @ApiProperty({ enum: HOLD_REASONS, example: 'budget' })
  readonly reason!: HoldReason;

  @ApiProperty({
    description:
      'How many requests it holds back now. None for a while when its clients have hung up and may ask again.',
    type: 'integer',
    minimum: 0,
    example: 12,
  })
  readonly waiting!: number;

  @Moment('When it began: of a pause when it was ordered, else when a request was first held back.')
  readonly since!: number;

  @MomentIfAny('When it ends by itself; absent when that is not known.', 1_767_229_200_000)
  readonly until?: number;
}
