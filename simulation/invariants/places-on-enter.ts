import type { Rank } from '@gateway-queue/identify-limiter';
import type { Event } from '../history/event.ts';
import type { IndexedHistory } from '../history/indexed-history.ts';
import { PLACE_TTL_MS } from '../plan.ts';
import type { Violation } from './invariant.ts';

/** The TTL of a place is shortened by this: the store may have declared its replica dead earlier, so that the TTL began earlier. */
const UNCERTAIN_MS = 15_000;

/** A replica knows the rank of its entry after this time at the latest: no call is repeated for longer. */
const KNOWN_MS = 5000;

interface Place {
  readonly bot: string;
  readonly shard: number;
  readonly rank: Rank;
  readonly leftAt: number;
}

/**
 * P6, under all faults: a request that enters within the TTL after a request of its shard left, or after its permit was
 * released, gets no rank behind that one's, unless another request took that rank.
 *
 * When the store loses data, the places of shards that had left are lost too. Requests that wait at that moment keep theirs.
 */
export function placesOnEnter(history: IndexedHistory): Violation[] {
  const violations: Violation[] = [];
  let kept: Place[] = [];
  /** What each request holds, by its name. */
  const held = new Map<string, Place>();
  for (const event of history.events) {
    const { at } = event;
    if (event.kind === 'data lost') {
      kept = [];
      for (const [name, { leftAt: enteredAt }] of held) {
        if (enteredAt > at - KNOWN_MS) held.delete(name);
      }
    }
    if (event.kind === 'entered' && event.entry.shard !== null) {
      const { bot, id, shard } = event.entry;
      const mine = kept.filter((place) => place.bot === bot && place.shard === shard);
      const due = mine.filter(({ leftAt }) => at - leftAt < PLACE_TTL_MS - UNCERTAIN_MS);
      for (const { rank } of due) {
        if (!joinedBefore(rank, event.rank)) continue;
        const text = `${id} got ${event.rank.ticket} although it had the place ${rank.ticket}`;
        violations.push({ promise: 'P6', at, text });
      }
      kept = kept.filter((place) => place.bot !== bot || place.rank.ticket !== event.rank.ticket);
      // The store declared the replica that held it before dead meanwhile.
      for (const [other, place] of held) {
        if (place.bot === bot && place.rank.ticket === event.rank.ticket) held.delete(other);
      }
      held.set(id, { bot, shard, rank: event.rank, leftAt: at });
    }
    const left = placeLeftBy(history, event, held);
    if (left !== undefined && !isHeld(held, left)) kept.push({ ...left, leftAt: at });
    if (event.kind === 'left' || event.kind === 'forgotten') held.delete(event.entry);
    if (event.kind === 'answered' && event.answer.granted) {
      const { bot, entry, rank } = event.attempt;
      held.delete(entry);
      kept = kept.filter((place) => place.bot !== bot || place.rank.ticket !== rank.ticket);
    }
  }
  return violations;
}

/** The place that the event leaves; undefined if it leaves none. */
function placeLeftBy(
  history: IndexedHistory,
  event: Event,
  held: Map<string, Place>,
): Omit<Place, 'leftAt'> | undefined {
  if (event.kind === 'left') {
    const place = held.get(event.entry);
    held.delete(event.entry);
    return place;
  }
  if (event.kind !== 'released' || !event.done) return undefined;
  const permit = history.permit(event.permit);
  if (permit === undefined || permit.shard === null || permit.releasedAt !== event.at) {
    return undefined;
  }
  return { bot: permit.bot, shard: permit.shard, rank: permit.rank };
}

function isHeld(held: Map<string, Place>, { bot, rank }: Omit<Place, 'leftAt'>): boolean {
  return Array.from(held.values()).some(
    (other) => other.bot === bot && other.rank.ticket === rank.ticket,
  );
}

function joinedBefore(one: Rank, other: Rank): boolean {
  return (
    one.joinedAt < other.joinedAt || (one.joinedAt === other.joinedAt && one.ticket < other.ticket)
  );
}
