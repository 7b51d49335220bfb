import type { EventOf } from '../history/event.ts';
import type { IndexedHistory, PermitHistory } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/** How long the head of a dead replica, or a head that was left, may delay others. */
const MAX_DELAY_MS = 3000;

/**
 * P5, under all faults: a permit reaches its shard or is released.
 *
 * A permit may get lost in four cases: its replica was killed while holding it; the store lost it; its answer was under way to
 * a client that had gone, which the replica could not know; or the store granted it to the second copy of a call whose
 * first copy was denied, so that no replica reads the answer.
 */
export function ghostPermits(history: IndexedHistory): Violation[] {
  return history.permits
    .filter((permit) => !isAccountedFor(history, permit))
    .map(({ at, id, request }) => ({
      promise: 'P5',
      at,
      text: `${id}, given for ${request}, reached no shard and was not released`,
    }));
}

/**
 * P5, when for 3 s there was no fault (a replica that was killed before does not count): an attempt is denied with
 * `line` only if another request of the bot, which ranks first, was held in that time.
 */
export function headsOfDeadReplicas(history: IndexedHistory): Violation[] {
  return history.answers
    .filter((event) => waitsBehindNoRequest(history, event))
    .map((event) => ({
      promise: 'P5',
      at: event.at,
      text: `${event.attempt.entry} was denied with "line", but no request ranked before it`,
    }));
}

function isAccountedFor(history: IndexedHistory, permit: PermitHistory): boolean {
  const { answerLost, endedWith, releasedAt, lostAt, receivedAt, replica } = permit;
  if (receivedAt !== undefined || releasedAt !== undefined || answerLost) return true;
  const holders = [replica, ...endedWith.map((name) => history.requests.get(name)?.replica)];
  if (lostAt !== undefined || holders.some((name) => history.killed.has(name ?? ''))) return true;
  return endedWith.length === 0 && wasDeniedBefore(history, permit);
}

function wasDeniedBefore(history: IndexedHistory, { at, id }: PermitHistory): boolean {
  return history.answers.some(
    (event) => event.at < at && event.attempt.operation === id && !event.answer.granted,
  );
}

function waitsBehindNoRequest(
  history: IndexedHistory,
  { answer, at, attempt }: EventOf<'answered'>,
): boolean {
  if (answer.granted || answer.reason !== 'line') return false;
  if (!history.isQuiet(at - MAX_DELAY_MS, at)) return false;
  return !Array.from(history.requests.values()).some(
    (other) =>
      other.bot === attempt.bot &&
      other.name !== attempt.entry &&
      other.heldAt <= at &&
      history.waitedUntil(other) >= at - MAX_DELAY_MS &&
      other.ranks.some(
        ({ rank }) => rank.priority === 'high' || rank.joinedAt <= attempt.rank.joinedAt,
      ),
  );
}
