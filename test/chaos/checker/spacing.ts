import type { Rules, StoredPermit } from '../history.ts';
import type { Evidence } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';

/** Moments are whole microseconds, and here fractions of a millisecond. */
const ROUNDING_MS = 0.001;

/** P1 by the store's own record of what it gave, on its own clock. */
export function checkSpacing(evidence: Evidence): Finding {
  const { permits, rules } = evidence.history;
  const violations: Violation[] = [];
  let leastGapMs = Infinity;
  let leastSlackMs = Infinity;
  for (const [index, later] of permits.entries()) {
    for (const earlier of before(permits, index, rules)) {
      if (earlier.back || !inOneLine(evidence, earlier, later)) continue;
      const slackMs = later.onStore.given - opensAt(earlier, rules);
      const gapMs = later.onStore.given - earlier.onStore.given;
      leastSlackMs = Math.min(leastSlackMs, slackMs);
      leastGapMs = Math.min(leastGapMs, gapMs);
      if (slackMs >= -ROUNDING_MS) continue;
      violations.push({
        promise: 'P1',
        what:
          `${name(later)} was given ${at(gapMs)} ms after ${name(earlier)} ` +
          `(at ${at(later.givenAt)} and ${at(earlier.givenAt)}), ${at(-slackMs)} ms too early`,
        asks: [earlier, later].flatMap((permit) => evidence.askOf(permit)?.number ?? []),
      });
    }
  }
  return { violations, figures: { permits: permits.length, leastGapMs, leastSlackMs } };
}

/** Those that may still keep a bucket closed when this one is given. */
function* before(permits: readonly StoredPermit[], index: number, rules: Rules) {
  const later = permits[index];
  if (later === undefined) return;
  const longest = 2 * (rules.confirmTimeoutMs + rules.intervalMs + rules.marginMs);
  for (let other = index - 1; other >= 0; other -= 1) {
    const earlier = permits[other];
    if (earlier === undefined || later.onStore.given - earlier.onStore.given > longest) return;
    yield earlier;
  }
}

/** When the bucket of this permit may open again, by all that is known of it in the end. */
export function opensAt({ onStore, lost }: StoredPermit, rules: Rules): number {
  const { confirmBy, confirmed, given } = onStore;
  const unconfirmed = given + rules.intervalMs + rules.marginMs;
  if (confirmed !== undefined) return confirmed + rules.intervalMs;
  // Of one that it lost the store knows only that there may have been one.
  if (confirmBy === undefined || lost) return unconfirmed;
  return unconfirmed + rules.confirmTimeoutMs;
}

/** When max_concurrency changes, each new bucket opens no earlier than any old one would have. */
export function inOneLine(evidence: Evidence, one: StoredPermit, other: StoredPermit): boolean {
  if (one.bot !== other.bot) return false;
  const buckets = evidence.bucketsOnStore(one.bot, one.onStore.given);
  return (
    buckets !== evidence.bucketsOnStore(other.bot, other.onStore.given) ||
    one.bucket === other.bucket
  );
}

export function name({ bot, bucket, id, shard }: StoredPermit): string {
  return `permit ${id} of ${bot}, bucket ${bucket}, shard ${shard ?? 'not named'}`;
}
