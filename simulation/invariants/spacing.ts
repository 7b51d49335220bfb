import type { PermitHistory, IndexedHistory } from '../history/indexed-history.ts';
import { RULES } from '../plan.ts';
import type { Violation } from './invariant.ts';

const { confirmTimeoutMs, intervalMs, marginMs } = RULES;

/**
 * P1, under all faults: a permit is granted no earlier than each earlier permit allows that must be spaced from it.
 *
 * A confirmed permit allows the next one interval after its confirm. An unconfirmed one allows it interval and margin after
 * the grant, and the time to confirm later if a confirm is pending. A permit that the store lost allows it interval and margin
 * after the loss at the latest. The margin is the one in force by then. A permit that was released by then does not count.
 */
export function spacing(history: IndexedHistory): Violation[] {
  return spacings(history)
    .filter(({ spareMs }) => spareMs < -ROUNDING_MS)
    .map(({ first, second, spareMs }) => ({
      promise: 'P1',
      at: second.at,
      text: `${second.id} was granted ${-spareMs} ms too early after ${first.id}`,
    }));
}

/** The least time by which two permits were further apart than they had to be. Less than 0 breaks the promise. */
export function minSpareMs(history: IndexedHistory): number {
  return Math.min(...spacings(history).map(({ spareMs }) => spareMs));
}

/** The error of adding fractions of a ms in another order. */
const ROUNDING_MS = 1e-6;

function spacings(
  history: IndexedHistory,
): { first: PermitHistory; second: PermitHistory; spareMs: number }[] {
  return history.permits.flatMap((second, index) =>
    history.permits
      .slice(0, index)
      .filter((first) => mustBeSpaced(first, second) && !wasReleased(first, second.at))
      .map((first) => ({
        first,
        second,
        spareMs: second.at - nextPermitFrom(first, second.at, history),
      })),
  );
}

function mustBeSpaced(one: PermitHistory, other: PermitHistory): boolean {
  if (one.bot !== other.bot) return false;
  return one.limitsVersion !== other.limitsVersion || one.bucket === other.bucket;
}

function wasReleased({ releasedAt }: PermitHistory, at: number): boolean {
  return releasedAt !== undefined && releasedAt <= at;
}

/** From when on this permit allows the next one, by what is known at `now`. */
export function nextPermitFrom(
  { at, bot, confirm, confirmedAt, lostAt }: PermitHistory,
  now: number,
  history: IndexedHistory,
): number {
  const opensAfter = (from: number): number =>
    from + intervalMs + history.marginOf(bot, from, now, marginMs);
  const allowed =
    confirmedAt !== undefined && confirmedAt <= now
      ? confirmedAt + intervalMs
      : opensAfter(confirm ? at + confirmTimeoutMs : at);
  const isLost = lostAt !== undefined && lostAt <= now;
  return isLost ? Math.min(allowed, opensAfter(lostAt)) : allowed;
}
