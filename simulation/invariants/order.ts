import type { Rank } from '@gateway-queue/identify-limiter';
import type { EventOf } from '../history/event.ts';
import type { PermitHistory, RequestHistory, IndexedHistory } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/** There must have been no fault for this time: no call is repeated for longer, and no recheck comes later. */
const QUIET_MS = 5000;

/** A waiter must have had its rank for this time: by then its replica has asked for it, if it is the head. */
const SETTLED_MS = 1500;

/** A replica whose head has just been throttled has no head until its next attempt, which takes this long. */
const NEXT_HEAD_MS = 10;

/**
 * P4, when there was no fault for 5 s: no permit is granted while another request of the bucket waits that has ranked before
 * it for 1.5 s. A waiting request does not count when its last attempt was throttled, nor when the last attempt of its
 * replica in the bucket was throttled within the last 10 ms.
 */
export function order(history: IndexedHistory): Violation[] {
  return history.permits.flatMap((permit) => {
    if (!history.isQuiet(permit.at - QUIET_MS, permit.at)) return [];
    return waitingWith(history, permit)
      .filter((other) => goesBefore(rankAt(other, permit.at), permit.rank))
      .filter((other) => !wasThrottled(history, other, permit))
      .map((other) => ({
        promise: 'P4',
        at: permit.at,
        text: `${permit.id} for ${permit.request} passed ${other.name}`,
      }));
  });
}

/** The other requests that wait in the permit's bucket when it is granted, and have had their rank for 1.5 s. */
function waitingWith(history: IndexedHistory, permit: PermitHistory): RequestHistory[] {
  const bucketOf = new Map<string, number>();
  for (const { at, attempt } of history.answers) {
    if (at > permit.at) break;
    if (attempt.limitsVersion === permit.limitsVersion) bucketOf.set(attempt.entry, attempt.bucket);
  }
  return Array.from(history.requests.values()).filter((request) => {
    const settledAt = request.ranks.findLast(({ at }) => at <= permit.at)?.at ?? Infinity;
    return (
      request.name !== permit.request &&
      request.bot === permit.bot &&
      bucketOf.get(request.name) === permit.bucket &&
      settledAt <= permit.at - SETTLED_MS &&
      history.waitedUntil(request) > permit.at
    );
  });
}

function rankAt({ ranks }: RequestHistory, moment: number): Rank | undefined {
  return ranks.findLast(({ at }) => at <= moment)?.rank;
}

/** High priority before normal, then the earlier joined, then the lower ticket. */
function goesBefore(one: Rank | undefined, other: Rank): boolean {
  if (one === undefined) return false;
  if (one.priority !== other.priority) return one.priority === 'high';
  if (one.joinedAt !== other.joinedAt) return one.joinedAt < other.joinedAt;
  return one.ticket < other.ticket;
}

function wasThrottled(
  { answers }: IndexedHistory,
  { name, replica }: RequestHistory,
  { at: moment, bot, bucket }: PermitHistory,
): boolean {
  const last = answers.findLast(({ at, attempt }) => at <= moment && attempt.entry === name);
  const lastHere = answers.findLast(
    ({ at, attempt, replica: caller }) =>
      at <= moment && caller === replica && attempt.bot === bot && attempt.bucket === bucket,
  );
  const justNow = lastHere !== undefined && lastHere.at > moment - NEXT_HEAD_MS;
  return isThrottled(last) || (justNow && isThrottled(lastHere));
}

function isThrottled(event: EventOf<'answered'> | undefined): boolean {
  return event?.answer.granted === false && event.answer.reason === 'crash-loop';
}
