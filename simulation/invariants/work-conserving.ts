import type { PermitHistory, IndexedHistory } from '../history/indexed-history.ts';
import { nextPermitFrom } from './spacing.ts';
import type { Violation } from './invariant.ts';

/** There must have been no fault for this time: by then failed calls were repeated, and the interval after lost data is over. */
const QUIET_MS = 10_000;

/** A waiter must have had its rank for this time when its bucket opens. */
const SETTLED_MS = 1500;

/** Two calls and their answers on a good network, and a little more. */
const SLACK_MS = 20;

/**
 * P9, when there was no fault for 10 s before a bucket opened, and no attempt of the bot was denied because of a pause, a
 * crash loop, the budget or the limits since 1.5 s before that: the bucket's next permit is granted within 20 ms of the
 * opening, if its request had waited for 1.5 s by then.
 */
export function workConserving(history: IndexedHistory): Violation[] {
  return latenesses(history)
    .filter(({ lateMs }) => lateMs > SLACK_MS)
    .map(({ lateMs, permit }) => ({
      promise: 'P9',
      at: permit.at,
      text: `${permit.id} for ${permit.request} was granted ${lateMs} ms after its bucket had opened`,
    }));
}

/** The lateness of the latest of these permits. */
export function maxLatenessMs(history: IndexedHistory): number {
  return Math.max(...latenesses(history).map(({ lateMs }) => lateMs));
}

function latenesses(history: IndexedHistory): { permit: PermitHistory; lateMs: number }[] {
  return history.permits.flatMap((permit) => {
    const openedAt = openingBefore(history, permit);
    const settledAt = history.requests.get(permit.request)?.ranks.at(-1)?.at ?? Infinity;
    // Without an opening, the request found an open bucket. If it joined just before, its replica may not have asked for it yet.
    if (openedAt === undefined || settledAt > openedAt - SETTLED_MS) return [];
    if (!history.isQuiet(openedAt - QUIET_MS, permit.at)) return [];
    if (wasHeldBack(history, permit, openedAt - SETTLED_MS)) return [];
    return [{ permit, lateMs: permit.at - openedAt }];
  });
}

/** When the permit's bucket opened, by all earlier permits that closed it; undefined when there are none. */
function openingBefore(history: IndexedHistory, permit: PermitHistory): number | undefined {
  const moments = history.spacedFrom(permit).flatMap((other) => {
    if (other.at >= permit.at) return [];
    const isReleased = other.releasedAt !== undefined && other.releasedAt <= permit.at;
    // A release under other limits may or may not open this bucket.
    if (isReleased && other.limitsVersion === permit.limitsVersion) return [other.releasedAt ?? 0];
    return [nextPermitFrom(other, permit.at, history)];
  });
  return moments.length === 0 ? undefined : Math.max(...moments);
}

/** Whether an attempt of the bot was denied for another reason than `interval` or `line`. */
function wasHeldBack(history: IndexedHistory, permit: PermitHistory, since: number): boolean {
  return history.answers.some(({ answer, at, attempt }) => {
    if (answer.granted || attempt.bot !== permit.bot || at > permit.at) return false;
    if (answer.reason === 'crash-loop') return at > since - MAX_THROTTLE_MS;
    return at > since && answer.reason !== 'interval' && answer.reason !== 'line';
  });
}

/** The queue asks for a throttled shard again after this time at the latest (its recheck when throttled). */
const MAX_THROTTLE_MS = 10_000;
