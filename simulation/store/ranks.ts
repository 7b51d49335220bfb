import {
  compareRanks,
  type Entry,
  type Leaver,
  type PlaceLeft,
  type Rank,
  type WaiterView,
} from '@gateway-queue/identify-limiter';
import type { BotData, Place } from './data.ts';

/**
 * The rank of an entry: the first place of its shard, what it holds already, one as old as that it had, or one behind all
 * others.
 */
export function enter(bot: BotData, entry: Entry, replica: string, now: number): Rank {
  const { id, shard, priority } = entry;
  const held = bot.entries.get(id);
  const had = entry.rank && !isUsed(bot, entry.rank) ? entry.rank : undefined;
  const place = firstPlace(bot, shard);
  if (place !== undefined) {
    const rank = { ...place.rank, priority };
    const better = held?.rank ?? had;
    if (better === undefined || compareRanks(rank, better) <= 0) {
      bot.places = bot.places.filter((other) => other !== place);
      bot.entries.set(id, { rank, shard, replica });
      return rank;
    }
  }
  if (held !== undefined) return held.rank;
  // Goes on from the time, so that no ticket comes twice, even after the last one was lost.
  bot.lastTicket = Math.max(bot.lastTicket + 1, Math.floor(now * 1000));
  const rank = { priority, joinedAt: had?.joinedAt ?? now, ticket: bot.lastTicket };
  bot.entries.set(id, { rank, shard, replica });
  return rank;
}

/**
 * Keeps what the entry holds, or held before data was lost, as its shard's place. Returns whose it is if another entry
 * waits for it.
 */
export function leave(
  bot: BotData,
  { id, bot: name, rank: had, shard }: Leaver,
  leftAt: number,
  maxPlaces: number,
): PlaceLeft | undefined {
  const rank = bot.entries.get(id)?.rank ?? (mayBeLost(bot, had, leftAt) ? had : undefined);
  bot.entries.delete(id);
  return rank && keepPlace(bot, name, { rank, shard, leftAt }, maxPlaces);
}

/** Whether somebody has had a permit by this rank, and did not release it. */
function isUsed({ permits }: BotData, { ticket }: Rank): boolean {
  return Array.from(permits.values()).some(
    ({ released, rank }) => rank.ticket === ticket && !released,
  );
}

/** Whether the rank may have been given before data was lost, and is not on record since. */
function mayBeLost(bot: BotData, rank: Rank | undefined, now: number): boolean {
  if (rank === undefined || isTaken(bot, rank) || isUsed(bot, rank)) return false;
  return rank.joinedAt < (bot.limits === undefined ? now : bot.knownSince);
}

/**
 * Keeps a place; of too many those go that were left longest ago, and of those left at once the last in line. Returns
 * the same as {@link leave}.
 */
export function keepPlace(
  bot: BotData,
  name: string,
  place: Place,
  maxPlaces: number,
): PlaceLeft | undefined {
  const places = [...bot.places, place].toSorted(
    (a, b) => a.leftAt - b.leftAt || compareJoining(b.rank, a.rank),
  );
  bot.places = places.slice(Math.max(places.length - maxPlaces, 0));
  const { shard } = place;
  if (shard === null) return undefined;
  const isAwaited = Array.from(bot.entries.values()).some((held) => held.shard === shard);
  return isAwaited ? { bot: name, placeOf: shard } : undefined;
}

export function dropExpired(bot: BotData, oldest: number): void {
  bot.places = bot.places.filter(({ leftAt }) => leftAt > oldest);
}

/** Whether the rank is known to be another's: an entry's, or kept as a place. One that nobody knows is the asker's. */
export function isWithheldFrom(bot: BotData, entry: string, { ticket }: Rank): boolean {
  for (const [id, held] of bot.entries) if (held.rank.ticket === ticket) return id !== entry;
  return bot.places.some(({ rank }) => rank.ticket === ticket);
}

/** Whether somebody has this rank. */
export function isTaken(bot: BotData, rank: Rank): boolean {
  return isWithheldFrom(bot, '', rank);
}

function firstPlace(bot: BotData, shard: number | null): Place | undefined {
  return bot.places
    .filter((place) => place.shard === shard)
    .toSorted((a, b) => compareJoining(a.rank, b.rank))[0];
}

/** All who wait, in rank order. */
export function waitersOf({ entries }: BotData): WaiterView[] {
  return Array.from(entries, ([id, held]) => ({
    id,
    ...held,
    since: held.rank.joinedAt,
  })).toSorted((a, b) => compareRanks(a.rank, b.rank));
}

/** Whatever their priorities: whoever takes a place has one of its own. */
function compareJoining(one: Rank, other: Rank): number {
  return compareRanks({ ...one, priority: 'normal' }, { ...other, priority: 'normal' });
}
