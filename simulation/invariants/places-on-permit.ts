import type { Rank } from '@gateway-queue/identify-limiter';
import type { PermitHistory, RequestHistory, IndexedHistory } from '../history/indexed-history.ts';
import { PLACE_TTL_MS } from '../plan.ts';
import type { Violation } from './invariant.ts';

/** The store has reaped a killed replica after this time: what the replica held are places. */
const DEATH_DETECTED_MS = 3000;

/** A place must be this old: by then every request that waits for it has heard of it. */
const SETTLED_MS = 1500;

/** This much of the TTL is not judged: the TTL of a killed replica's places may have begun earlier. */
const UNCERTAIN_MS = 15_000;

/**
 * P6, when since the shard left there was no fault other than killed replicas: a permit ranks no later than an earlier request
 * of its shard that left without one.
 *
 * The earlier request must have had its rank for 1.5 s, and have left at least 1.5 s and less than the TTL ago. It does not
 * count when its rank went to another request of the shard, nor when a request of the shard that ranked before it still
 * waited: only the first request of a shard is offered a place, and keeps its own rank if that is better.
 */
export function placesOnPermit(history: IndexedHistory): Violation[] {
  return history.permits
    .filter(({ shard }) => shard !== null)
    .flatMap((permit) =>
      requestsOfShard(history, permit)
        .filter((other) => shouldHaveRankOf(history, permit, other))
        .map(({ name }) => ({
          promise: 'P6',
          at: permit.at,
          text: `${permit.id} for ${permit.request} was granted by a rank behind that of ${name}`,
        })),
    );
}

function requestsOfShard(
  history: IndexedHistory,
  { bot, request, shard }: PermitHistory,
): RequestHistory[] {
  return Array.from(history.requests.values()).filter(
    (other) => other.name !== request && other.bot === bot && other.shard === shard,
  );
}

/** Whether the permit should have been granted by the other request's rank. */
function shouldHaveRankOf(
  history: IndexedHistory,
  permit: PermitHistory,
  other: RequestHistory,
): boolean {
  const killedAt = history.killed.get(other.replica);
  const leftAt = history.waitedUntil(other);
  const wasServed = other.ends.some((end) => history.permit(end.with) !== undefined);
  const last = other.ranks.at(-1);
  if (wasServed || last === undefined || last.at > leftAt - SETTLED_MS) return false;
  const placeFrom = leftAt === killedAt ? leftAt + DEATH_DETECTED_MS : leftAt;
  if (placeFrom > permit.at - SETTLED_MS) return false;
  if (permit.at - leftAt > PLACE_TTL_MS - UNCERTAIN_MS) return false;
  if (!joinedBefore(last.rank, permit.rank) || wasTakenOver(history, other, last.rank))
    return false;
  if (anotherRankedFirst(history, other, last.rank, leftAt)) return false;
  return history.isQuiet(last.at - SETTLED_MS, permit.at, 'replica killed');
}

/** Whether another request of the shard, which ranked before this one, waited when this one left. */
function anotherRankedFirst(
  history: IndexedHistory,
  { bot, name, shard }: RequestHistory,
  rank: Rank,
  moment: number,
): boolean {
  return Array.from(history.requests.values()).some((request) => {
    if (request.bot !== bot || request.shard !== shard || request.name === name) return false;
    const held = request.ranks.findLast(({ at }) => at <= moment);
    return (
      held !== undefined && history.waitedUntil(request) > moment && joinedBefore(held.rank, rank)
    );
  });
}

/** Whether another request had the rank, or a permit was granted by it. */
function wasTakenOver(
  { permits, requests }: IndexedHistory,
  { bot, name }: RequestHistory,
  rank: Rank,
): boolean {
  if (permits.some((permit) => permit.bot === bot && permit.rank.ticket === rank.ticket))
    return true;
  return Array.from(requests.values()).some(
    (request) =>
      request.bot === bot &&
      request.name !== name &&
      request.ranks.some((other) => other.rank.ticket === rank.ticket),
  );
}

/** Ignores priority, because a request that comes back has a priority of its own. */
function joinedBefore(one: Rank, other: Rank): boolean {
  if (one.joinedAt !== other.joinedAt) return one.joinedAt < other.joinedAt;
  return one.ticket < other.ticket;
}
