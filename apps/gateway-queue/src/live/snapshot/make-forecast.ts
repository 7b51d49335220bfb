import type { ForecastBody } from '../bodies/forecast.body.ts';
import { isUsed } from './is-used.ts';
import type { Readings } from './readings.ts';

const MINUTE_MS = 60_000;

/** Shorter than this, a handful of permits would foretell a disaster. */
const MIN_SPAN_MS = 5 * MINUTE_MS;

/** What is left of the session starts. */
interface Left {
  /** Apart from the reserve. */
  readonly starts: number;
  /** Ms until there are all again; null while the window has not begun. */
  readonly resetInMs: number | null;
}

/** When starts run out at the rate of the permits that are known: those of the last hour, or as many as were asked for. */
export function makeForecast(
  { starts, resetInMs }: Left,
  { allPermits, permits }: Pick<Readings, 'permits' | 'allPermits'>,
  wallNow: number,
): ForecastBody {
  const used = permits.filter(isUsed).length;
  // What has run out already has no moment still to come.
  if (used === 0 || starts <= 0) return {};
  const oldestMs = permits.at(-1)?.ageMs ?? 0;
  const spanMs = allPermits ? Math.max(oldestMs, MIN_SPAN_MS) : oldestMs;
  const inMs = starts * (spanMs / used);
  if (resetInMs === null || inMs >= resetInMs) return {};
  return { exhaustedAt: Math.ceil((wallNow + inMs) / MINUTE_MS) * MINUTE_MS };
}
