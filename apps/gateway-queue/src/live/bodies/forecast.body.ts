import { MomentIfAny } from './moment.ts';

/** When the budget runs out if permits continue at the rate of the last hour. */
export class ForecastBody {
  @MomentIfAny(
    'When only the reserve is left, to the minute; absent when that is not before the reset, and when only the reserve is left already.',
    1_767_240_000_000,
  )
  readonly exhaustedAt?: number;
}
