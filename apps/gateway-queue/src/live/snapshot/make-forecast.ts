import type { ForecastBody } from '../bodies/forecast.body.ts';
import { isUsed } from './is-used.ts';
import type { Reading } from './reading.ts';

const MINUTE_MS = 60_000;

/** Shorter than this, a handful of permits would foretell a disaster. */
const MIN_SPAN_MS = 5 * MINUTE_MS;

/** What is left of the session starts. */
interface Left {
  /** Apart from the reserve. */
  readonly starts: number;
  /** When all are there again; null while the window has not begun. */
  readonly resetAt: number | null;
}

/** When the starts run out at the rate of the permits that were read: those of the last hour, or as many as were asked for. */
export function makeForecast(
  { starts, resetAt }: Left,
  { allPermits, now, permits }: Pick<Reading, 'permits' | 'allPermits' | 'now'>,
): ForecastBody {
  const used = permits.filter(isUsed).length;
  // What has run out already has no moment still to come.
  if (used === 0 || starts <= 0) return {};
  const oldestMs = now - (permits.at(-1)?.grantedAt ?? now);
  const spanMs = allPermits ? Math.max(oldestMs, MIN_SPAN_MS) : oldestMs;
  const exhaustedAt = now + starts * (spanMs / used);
  if (resetAt === null || exhaustedAt >= resetAt) return {};
  return { exhaustedAt: Math.ceil(exhaustedAt / MINUTE_MS) * MINUTE_MS };
}
