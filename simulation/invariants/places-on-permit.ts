import type { Rank } from '@gateway-queue/identify-limiter';
import type { PermitStory, RequestStory, Story } from '../history/indexed-history.ts';
import { PLACE_TTL_MS } from '../plan.ts';
import type { Violation } from './invariant.ts';

/** After so long a killed replica has been found dead, and what it held are places. */
const DEATH_NOTICED_MS = 3000;

/** So long a place must have been there: by then whoever waits for it has heard of it. */
const SETTLED_MS = 1500;

/** How much of the TTL is left out, since where a replica was killed it began earlier. */
const UNCERTAIN_MS = 15_000;

/**
 * P6, when nothing went wrong since but that replicas were killed: who has a permit ranks no later than a request of its shard
 * that had a rank for 1.5 s and left without a permit, 1.5 s ago or more and less than the TTL, unless that one's rank
 * went to another request of the shard, or one that ranked before it waited still: of several the first alone is told of
 * a place, and keeps its own.
 */
export function comingBack(story: Story): Violation[] {
  return story.permits
    .filter(({ shard }) => shard !== null)
    .flatMap((permit) =>
      requestsOfShard(story, permit)
        .filter((other) => isOwedBy(story, other, permit))
        .map(({ name }) => ({
          promise: 'P6',
          at: permit.at,
          text: `${permit.id} for ${permit.request} came by a rank behind that of ${name}`,
        })),
    );
}

function requestsOfShard(story: Story, { bot, request, shard }: PermitStory): RequestStory[] {
  return Array.from(story.requests.values()).filter(
    (other) => other.name !== request && other.bot === bot && other.shard === shard,
  );
}

/** Whether the permit should have come by the other request's rank. */
function isOwedBy(story: Story, other: RequestStory, permit: PermitStory): boolean {
  const killedAt = story.killed.get(other.replica);
  const leftAt = story.waitedUntil(other);
  const wasServed = other.ends.some((end) => story.permit(end.with) !== undefined);
  const held = other.ranks.at(-1);
  if (wasServed || held === undefined || held.at > leftAt - SETTLED_MS) return false;
  const placeFrom = leftAt === killedAt ? leftAt + DEATH_NOTICED_MS : leftAt;
  if (placeFrom > permit.at - SETTLED_MS) return false;
  if (permit.at - leftAt > PLACE_TTL_MS - UNCERTAIN_MS) return false;
  if (!joinedBefore(held.rank, permit.rank) || wentOn(story, other, held.rank)) return false;
  if (hadAnotherBefore(story, other, held.rank, leftAt)) return false;
  return story.isQuiet(held.at - SETTLED_MS, permit.at, 'replica killed');
}

/** Whether a request of the same shard, with a rank before this one, waited when it left. */
function hadAnotherBefore(
  story: Story,
  { bot, name, shard }: RequestStory,
  rank: Rank,
  moment: number,
): boolean {
  return Array.from(story.requests.values()).some((request) => {
    if (request.bot !== bot || request.shard !== shard || request.name === name) return false;
    const held = request.ranks.findLast(({ at }) => at <= moment);
    return (
      held !== undefined && story.waitedUntil(request) > moment && joinedBefore(held.rank, rank)
    );
  });
}

/** Whether somebody else had the rank, or used it up. */
function wentOn({ permits, requests }: Story, { bot, name }: RequestStory, rank: Rank): boolean {
  if (permits.some((permit) => permit.bot === bot && permit.rank.ticket === rank.ticket))
    return true;
  return Array.from(requests.values()).some(
    (request) =>
      request.bot === bot &&
      request.name !== name &&
      request.ranks.some((other) => other.rank.ticket === rank.ticket),
  );
}

/** Whatever their priorities: a request that comes back has its own. */
function joinedBefore(one: Rank, other: Rank): boolean {
  if (one.joinedAt !== other.joinedAt) return one.joinedAt < other.joinedAt;
  return one.ticket < other.ticket;
}
