import { MomentIfAny } from './moment.ts';

/** What becomes of the budget if permits go on as they did in the last hour. */
export class ForecastBody {
  @MomentIfAny(
    'When no session start is left but the reserve, to the minute; absent when that is not before the reset, and when it has come already.',
    1_767_240_000_000,
  )
  readonly exhaustedAt?: number;
}
