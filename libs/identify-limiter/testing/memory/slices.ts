import {
  asksAnew,
  type Attempt,
  type AttemptSlice,
  type BotSlice,
  type ConfirmSlice,
  countOfPermits,
  type EnterSlice,
  type Entry,
  type Leaver,
  type LeaveSlice,
  type LimitsReport,
  type LimitsSlice,
  type LoadedBot,
  type PermitsWanted,
  type PlacesSlice,
  type ReapSlice,
  type ReleaseSlice,
  type PermitState,
  REFUSALS_SHOWN_MS,
  REFUSALS_WITHIN_MS,
  usedBy,
  usesNeededSince,
} from '@gateway-queue/identify-limiter';
import { compareJoining } from './apply-write.ts';
import type { BotData } from './bot-data.ts';

/*
 * What each step needs to know of a bot. With all data at hand there is no need to leave out what a step may not ask
 * for.
 */

export function botSlice(data: BotData, now: number): LoadedBot | undefined {
  const { state } = data;
  return state && { state, uses: usesSince(data, usesNeededSince(state, now)) };
}

export function enterSlice(data: BotData, entry: Entry, now: number): EnterSlice {
  const { id, rank, shard } = entry;
  const held = data.held.get(id);
  const place = data.places
    .filter((one) => one.shard === shard)
    .toSorted((a, b) => compareJoining(a.rank, b.rank))[0];
  return {
    held,
    place,
    isUsed: rank !== undefined && isUsed(data, rank.ticket),
    lastTicket: data.lastTicket,
    shardPermits: asksAnew(entry, held, place) ? permitsOf(data, shard).slice(0, 2) : [],
    sawRefusal: refusalsSince(data, now - REFUSALS_WITHIN_MS) > 0,
    grownMargin: data.state?.grownMargin,
  };
}

export function leaveSlice(data: BotData, { id, rank, shard }: Leaver, now: number): LeaveSlice {
  const held = data.held.get(id);
  return {
    held,
    places: placesSlice(data, held?.shard ?? shard, id),
    lost: rank && {
      isOnRecord: holderOf(data, rank.ticket) !== undefined,
      isUsed: isUsed(data, rank.ticket),
      knownSince: knownSince(data, now),
    },
  };
}

export function attemptSlice(data: BotData, attempt: Attempt, now: number): AttemptSlice {
  const { bucket, operation, rank, shard } = attempt;
  return {
    granted: data.permits.get(operation),
    bot: botSlice(data, now),
    rankHolder: holderOf(data, rank.ticket),
    pauseEnds: [data.pauses.get(null), data.pauses.get(bucket)].flatMap((pause) =>
      pause === undefined ? [] : [pause.until],
    ),
    shardGrants: shard === null ? [] : permitsOf(data, shard).map(({ grantedAt }) => grantedAt),
    closing: data.buckets.get(bucket)?.closing,
    knownSince: knownSince(data, now),
    heads: data.heads.get(bucket) ?? new Map(),
  };
}

export function confirmSlice(data: BotData, permitId: string, now: number): ConfirmSlice {
  const permit = data.permits.get(permitId);
  return {
    permit,
    bucket: permit && data.buckets.get(permit.bucket),
    bot: botSlice(data, now),
  };
}

export function releaseSlice(data: BotData, permitId: string, now: number): ReleaseSlice {
  const slice = confirmSlice(data, permitId, now);
  const { permit } = slice;
  return {
    ...slice,
    isRankOnRecord: permit !== undefined && holderOf(data, permit.rank.ticket) !== undefined,
    places: placesSlice(data, permit?.shard ?? null),
  };
}

export function limitsSlice(data: BotData, report: LimitsReport, now: number): LimitsSlice {
  const closings = Array.from(data.buckets.values(), ({ closing }) => closing);
  const owners = Array.from(data.heads.values()).flatMap((heads) => Array.from(heads.keys()));
  return {
    bot: data.state,
    uses: usesSince(data, usesNeededSince(data.state, now, report)),
    closings: closings.filter((closing) => closing !== undefined),
    haveSeveralHeads: new Set(owners).size > 1,
  };
}

export function reapSlice(data: BotData, dead: string): ReapSlice {
  const held = Array.from(data.held.values());
  const others = held.filter(({ replica }) => replica !== dead);
  return {
    held: held.filter(({ replica }) => replica === dead),
    waitingShards: new Set(others.map(({ shard }) => shard)),
    places: data.places.length,
  };
}

export function viewSlice(data: BotData, wanted: PermitsWanted, now: number): BotSlice {
  const { buckets, pauses, permits, state } = data;
  const closings = Array.from(buckets).flatMap(([bucket, { closing }]) =>
    closing === undefined ? [] : ([[bucket, closing]] as const),
  );
  return {
    bot: botSlice(data, now),
    closings: new Map(closings),
    knownSince: knownSince(data, now),
    pauses: [...pauses.values()],
    permits: Array.from(permits.values())
      .toSorted((a, b) => b.grantedAt - a.grantedAt)
      .slice(0, countOfPermits(wanted, state?.maxConcurrency ?? 0)),
    refusals: refusalsSince(data, now - REFUSALS_SHOWN_MS),
  };
}

/** The entry that holds the rank with this ticket: null when it is a place, undefined when it is not on record. */
function holderOf({ held, places }: BotData, ticket: number): string | null | undefined {
  for (const { entry, rank } of held.values()) if (rank.ticket === ticket) return entry;
  return places.some(({ rank }) => rank.ticket === ticket) ? null : undefined;
}

function isUsed({ permits }: BotData, ticket: number): boolean {
  return Array.from(permits.values()).some(
    ({ rank, released }) => rank.ticket === ticket && !released,
  );
}

/** Before the first report anything may be missing. */
function knownSince({ knownSince: since, state }: BotData, now: number): number {
  return state === undefined ? now : since;
}

/** @param except an entry of the shard that is about to leave */
function placesSlice(data: BotData, shard: number | null, except?: string): PlacesSlice {
  const held = Array.from(data.held.values());
  return {
    count: data.places.length,
    shardWaits: held.some((one) => one.shard === shard && one.entry !== except),
  };
}

/** The shard's permits, latest first, without those released. */
function permitsOf({ permits }: BotData, shard: number | null): PermitState[] {
  return Array.from(permits.values())
    .filter((permit) => permit.shard === shard && !permit.released)
    .toSorted((a, b) => b.grantedAt - a.grantedAt);
}

function refusalsSince({ permits }: BotData, since: number): number {
  return Array.from(permits.values()).filter(
    ({ askedAgainAt, released }) => !released && askedAgainAt !== null && askedAgainAt >= since,
  ).length;
}

function usesSince({ permits }: BotData, since: number | null): number[] {
  if (since === null) return [];
  return Array.from(permits.values())
    .filter((permit) => !permit.released && usedBy(permit) >= since)
    .map(usedBy);
}
