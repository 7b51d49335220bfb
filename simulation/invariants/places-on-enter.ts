import type { Rank } from '@gateway-queue/identify-limiter';
import type { Event } from '../history/event.ts';
import type { Story } from '../history/indexed-history.ts';
import { PLACE_TTL_MS } from '../plan.ts';
import type { Violation } from './invariant.ts';

/** A replica that was silent for so long may have been taken for dead, and its places may count from then. */
const UNCERTAIN_MS = 15_000;

/** Longer than any call is repeated for: by then a replica knows the rank that an entry of its has. */
const KNOWN_MS = 5000;

interface Place {
  readonly bot: string;
  readonly shard: number;
  readonly rank: Rank;
  readonly leftAt: number;
}

/**
 * P6, also of those who wait while the store loses data, but not of those who had left by then: a request that enters less than the TTL (and what it takes to find a replica dead)
 * after a request of its shard has left, or its permit was released, gets no rank behind that one's, unless somebody
 * took that.
 */
export function places(story: Story): Violation[] {
  const violations: Violation[] = [];
  let kept: Place[] = [];
  /** What each request holds, by its name. */
  const held = new Map<string, Place>();
  for (const event of story.events) {
    const { at } = event;
    if (event.kind === 'lost data') {
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
        const text = `${id} got ${event.rank.ticket} in spite of the place ${rank.ticket}`;
        violations.push({ promise: 'P6', at, text });
      }
      kept = kept.filter((place) => place.bot !== bot || place.rank.ticket !== event.rank.ticket);
      // Whoever held it before was taken for dead meanwhile.
      for (const [other, place] of held) {
        if (place.bot === bot && place.rank.ticket === event.rank.ticket) held.delete(other);
      }
      held.set(id, { bot, shard, rank: event.rank, leftAt: at });
    }
    const left = placeLeftBy(story, event, held);
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

/** The place that the event makes, if any. */
function placeLeftBy(
  story: Story,
  event: Event,
  held: Map<string, Place>,
): Omit<Place, 'leftAt'> | undefined {
  if (event.kind === 'left') {
    const place = held.get(event.entry);
    held.delete(event.entry);
    return place;
  }
  if (event.kind !== 'released' || !event.done) return undefined;
  const permit = story.permit(event.permit);
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
