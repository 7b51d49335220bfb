import type { ApiProblem } from '../api/api-problem.ts';
import type { Permit, RecentPermit } from '../api/schemas.ts';

/** The most permits that the API returns at once. */
export const MAX_KEPT = 2000;

const KEPT_MS = 3_600_000;

/** The live state has at least this many permits when there are more, and more with more buckets. If it has fewer, it has all. */
const MIN_RECENT = 50;

/** This long after a permit its status is final, unless CONFIRM_TIMEOUT_MS is set to more than its default of 10 s. */
const FINAL_AFTER_MS = 15_000;

/** A bot's permits of the last hour, as far as the page knows them. */
export interface PermitLog {
  /** Newest first. */
  readonly permits: readonly Permit[];
  /** The log has all permits after this moment, in ms since the Unix epoch. */
  readonly completeSince: number;
  /** Whether permits or their status may be missing, so that the page has to ask the API. */
  readonly hasGap: boolean;
  /** Why the API's last answer was a failure; absent after a success. */
  readonly problem?: ApiProblem;
}

/** The log before the page has received any permit. */
export const NO_PERMITS: PermitLog = { permits: [], completeSince: Infinity, hasGap: true };

/** Whether the log contains an answer of the API. Until then it has only the permits of the live state. */
export function isLoaded({ completeSince }: PermitLog): boolean {
  return completeSince !== Infinity;
}

/** Whether the last hour may have had more permits than the log keeps. */
export function isCut({ permits }: PermitLog): boolean {
  return permits.length >= MAX_KEPT;
}

/** The log after an answer of the API. @param permits newest first, from a request with `limit` MAX_KEPT */
export function logOf(permits: readonly Permit[], now: number): PermitLog {
  const oldest = permits.at(-1);
  const isFull = permits.length >= MAX_KEPT && oldest !== undefined;
  return { permits, completeSince: isFull ? oldest.at : now - KEPT_MS, hasGap: false };
}

/** The log after a live state: with its new permits, and with the new status of known ones. */
export function addRecent(
  log: PermitLog,
  recent: Readonly<Record<string, RecentPermit>>,
  now: number,
): PermitLog {
  const received = Object.entries(recent).map(([id, permit]) => withId(id, permit));
  const known = new Set(log.permits.map(({ id }) => id));
  // The live state has only the newest permits. If the log knows none of these, it may miss older ones in between.
  const overlaps = received.length < MIN_RECENT || received.some(({ id }) => known.has(id));
  const receivedIds = new Set(received.map(({ id }) => id));
  const permits = [...received, ...log.permits.filter(({ id }) => !receivedIds.has(id))]
    .filter(({ at }) => at > now - KEPT_MS)
    .toSorted((one, other) => other.at - one.at);
  const kept = permits.slice(0, MAX_KEPT);
  const oldest = kept.at(-1);
  const wasCut = kept.length < permits.length && oldest !== undefined;
  const completeSince = wasCut ? Math.max(log.completeSince, oldest.at) : log.completeSince;
  // The live state does not report the status of a permit that is no longer among its newest.
  const missesStatus = kept.some(
    ({ at, status, id }) =>
      status === 'pending' && at < now - FINAL_AFTER_MS && !receivedIds.has(id),
  );
  const hasGap = log.hasGap || !overlaps || missesStatus;
  return { ...log, permits: kept, completeSince, hasGap };
}

function withId(id: string, permit: RecentPermit): Permit {
  return { id, ...permit };
}
