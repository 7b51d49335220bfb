import type { Rules, StoredPermit } from '../history.ts';
import type { Evidence } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';

/** The store's moments are whole microseconds. Here they are fractions of a millisecond. */
const ROUNDING_MS = 0.001;

/** P1, always, by the store's own record and clock: a permit is given no earlier than each earlier permit allows. */
export function checkSpacing(evidence: Evidence): Finding {
  const { permits, rules } = evidence.history;
  const violations: Violation[] = [];
  let minGapMs = Infinity;
  let minSlackMs = Infinity;
  for (const [index, later] of permits.entries()) {
    for (const earlier of earlierPermits(permits, index, rules)) {
      if (earlier.released || !mustBeSpaced(evidence, earlier, later)) continue;
      const slackMs = later.onStoreClock.given - opensAt(earlier, rules);
      const gapMs = later.onStoreClock.given - earlier.onStoreClock.given;
      minSlackMs = Math.min(minSlackMs, slackMs);
      minGapMs = Math.min(minGapMs, gapMs);
      if (slackMs >= -ROUNDING_MS) continue;
      violations.push({
        promise: 'P1',
        what:
          `${name(later)} was given ${at(gapMs)} ms after ${name(earlier)} ` +
          `(at ${at(later.givenAt)} and ${at(earlier.givenAt)}), ${at(-slackMs)} ms too early`,
        requests: [earlier, later].flatMap((permit) => evidence.requestOf(permit)?.number ?? []),
      });
    }
  }
  return { violations, figures: { permits: permits.length, minGapMs, minSlackMs } };
}

/** The earlier permits that may still keep a bucket closed when this one is given. */
function* earlierPermits(permits: readonly StoredPermit[], index: number, rules: Rules) {
  const later = permits[index];
  if (later === undefined) return;
  const maxAgeMs = 2 * (rules.confirmTimeoutMs + rules.intervalMs + rules.marginMs);
  for (let other = index - 1; other >= 0; other -= 1) {
    const earlier = permits[other];
    if (earlier === undefined || later.onStoreClock.given - earlier.onStoreClock.given > maxAgeMs)
      return;
    yield earlier;
  }
}

/** When the bucket of this permit may open again, by all that is known of the permit at the end of the run. */
export function opensAt({ onStoreClock, lost }: StoredPermit, rules: Rules): number {
  const { confirmBy, confirmed, given } = onStoreClock;
  const unconfirmed = given + rules.intervalMs + rules.marginMs;
  if (confirmed !== undefined) return confirmed + rules.intervalMs;
  // After lost data the store waits one interval and the margin, as if there had been an unconfirmed permit.
  if (confirmBy === undefined || lost) return unconfirmed;
  return unconfirmed + rules.confirmTimeoutMs;
}

/** Whether two permits must be spaced: they are of one bucket, or max_concurrency changed between them. */
export function mustBeSpaced(evidence: Evidence, one: StoredPermit, other: StoredPermit): boolean {
  if (one.bot !== other.bot) return false;
  const buckets = evidence.bucketsOnStoreClock(one.bot, one.onStoreClock.given);
  return (
    buckets !== evidence.bucketsOnStoreClock(other.bot, other.onStoreClock.given) ||
    one.bucket === other.bucket
  );
}

export function name({ bot, bucket, id, shard }: StoredPermit): string {
  return `permit ${id} of ${bot}, bucket ${bucket}, shard ${shard ?? 'not named'}`;
}
