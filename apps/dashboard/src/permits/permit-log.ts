import type { ApiProblem } from '../api/api-problem.ts';
import type { Permit, RecentPermit } from '../api/schemas.ts';

/** As many as the API gives at once. */
export const MAX_KEPT = 2000;

const KEPT_MS = 3_600_000;

/** The live state has at least so many whenever there are more, and with more buckets more: with fewer, it has all. */
const MIN_RECENT = 50;

/** So long after a permit it is known what became of it, unless CONFIRM_TIMEOUT_MS is longer than its 10 s. */
const TOLD_MS = 15_000;

/** A bot's permits of the last hour, as far as they are known. */
export interface PermitLog {
  /** Newest first. */
  readonly permits: readonly Permit[];
  /** Since when all of them are known, in ms since the Unix epoch. */
  readonly completeSince: number;
  /** Whether there may have been more than were heard of, so that the API is to be asked. */
  readonly hasGap: boolean;
  /** Why the API did not tell them when it was asked last; absent once it did. */
  readonly problem?: ApiProblem;
}

/** Nothing is known yet. */
export const NO_PERMITS: PermitLog = { permits: [], completeSince: Infinity, hasGap: true };

/** Whether the API has told them yet. Until then there are those that the live state has. */
export function isLoaded({ completeSince }: PermitLog): boolean {
  return completeSince !== Infinity;
}

/** Whether there may have been more within the hour than are kept. */
export function isCut({ permits }: PermitLog): boolean {
  return permits.length >= MAX_KEPT;
}

/** What the API answered, newest first, with `limit` being MAX_KEPT. */
export function logOf(permits: readonly Permit[], now: number): PermitLog {
  const oldest = permits.at(-1);
  const isFull = permits.length >= MAX_KEPT && oldest !== undefined;
  return { permits, completeSince: isFull ? oldest.at : now - KEPT_MS, hasGap: false };
}

/** The log with the newest permits that the live state has, and what became of those it had. */
export function addRecent(
  log: PermitLog,
  recent: Readonly<Record<string, RecentPermit>>,
  now: number,
): PermitLog {
  const heard = Object.entries(recent).map(([id, permit]) => listed(id, permit));
  const known = new Set(log.permits.map(({ id }) => id));
  // The live state has as many as it has; if none of them was known, some in between were never heard of.
  const overlaps = heard.length < MIN_RECENT || heard.some(({ id }) => known.has(id));
  const heardIds = new Set(heard.map(({ id }) => id));
  const permits = [...heard, ...log.permits.filter(({ id }) => !heardIds.has(id))]
    .filter(({ at }) => at > now - KEPT_MS)
    .toSorted((one, other) => other.at - one.at);
  const kept = permits.slice(0, MAX_KEPT);
  const oldest = kept.at(-1);
  const wasCut = kept.length < permits.length && oldest !== undefined;
  const completeSince = wasCut ? Math.max(log.completeSince, oldest.at) : log.completeSince;
  // What became of those that are not among the newest any more is not told.
  const isUntold = kept.some(
    ({ at, status, id }) => status === 'pending' && at < now - TOLD_MS && !heardIds.has(id),
  );
  const hasGap = log.hasGap || !overlaps || isUntold;
  return { ...log, permits: kept, completeSince, hasGap };
}

function listed(id: string, permit: RecentPermit): Permit {
  return { id, ...permit };
}
