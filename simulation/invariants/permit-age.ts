import type { IndexedHistory } from '../history/indexed-history.ts';
import { RULES } from '../plan.ts';
import type { Violation } from './invariant.ts';

/** The oldest that a permit may be: the margin has to cover its way, or half of the time to confirm if it is to be confirmed. */
const MAX_AGE_MS = { unconfirmed: RULES.marginMs, toBeConfirmed: RULES.confirmTimeoutMs / 2 };

/** The time that an answer takes from the replica to the client. */
const ANSWER_MS = 5;

/** P2, under all faults: no permit is too old when the shard receives it, so that an IDENTIFY sent at once is not too close before the next. */
export function permitAge(history: IndexedHistory): Violation[] {
  return history.permits.flatMap(({ at, confirm, id, receivedAt }) => {
    const maxAgeMs = confirm ? MAX_AGE_MS.toBeConfirmed : MAX_AGE_MS.unconfirmed;
    if (receivedAt === undefined || receivedAt - at <= maxAgeMs + ANSWER_MS) return [];
    const text = `${id} was ${receivedAt - at} ms old when its shard received it`;
    return [{ promise: 'P2', at: receivedAt, text }];
  });
}
