import type { PermitRequest } from '../history.ts';
import type { Evidence } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';
import { mustBeSpaced } from './spacing.ts';

/** How long a busy machine may keep a process with a permit from running, ms. */
const SCHEDULING_MS = 25;

/**
 * P1 and P2, always, by the clients' clock: two IDENTIFYs of a bucket are sent at least an interval apart.
 *
 * When the first was to be confirmed (P2), nothing excuses a shorter gap. When it was not (P1), the margin has to cover the
 * way of the permit, and the time by which this process may have seen the answer late is deducted.
 */
export function checkIdentifies(evidence: Evidence): Finding {
  const { requests, rules } = evidence.history;
  const identified = requests
    .filter(({ identifiedAt }) => identifiedAt !== undefined)
    .toSorted((a, b) => momentOf(a) - momentOf(b));
  const violations: Violation[] = [];
  const minGapMs = { P1: Infinity, P2: Infinity };
  for (const [index, later] of identified.entries()) {
    for (let other = index - 1; other >= 0; other -= 1) {
      const earlier = identified[other];
      if (earlier === undefined) break;
      const gapMs = momentOf(later) - momentOf(earlier);
      if (gapMs > 2 * rules.intervalMs) break;
      if (!haveOneBucket(evidence, earlier, later)) continue;
      const promise = earlier.confirm ? 'P2' : 'P1';
      minGapMs[promise] = Math.min(minGapMs[promise], gapMs);
      const excusedMs = earlier.confirm ? 0 : earlier.uncertaintyMs + SCHEDULING_MS;
      if (gapMs >= rules.intervalMs - excusedMs) continue;
      violations.push({
        promise,
        what:
          `bot ${earlier.bot}: shard ${later.shard} identified at ${at(momentOf(later))}, ${at(gapMs)} ms after ` +
          `shard ${earlier.shard} at ${at(momentOf(earlier))} (${at(excusedMs)} ms are excused)`,
        requests: [earlier.number, later.number],
      });
    }
  }
  return {
    violations,
    figures: {
      identifies: identified.length,
      minIdentifyGapMs: minGapMs.P1,
      minConfirmedGapMs: minGapMs.P2,
    },
  };
}

function momentOf({ identifiedAt = Number.NaN }: PermitRequest): number {
  return identifiedAt;
}

function haveOneBucket(evidence: Evidence, one: PermitRequest, other: PermitRequest): boolean {
  const [permit, otherPermit] = [evidence.permitOf(one), evidence.permitOf(other)];
  if (permit && otherPermit) return mustBeSpaced(evidence, permit, otherPermit);
  // The store lost at least one of the permits.
  return one.bot === other.bot && bucketOf(evidence, one) === bucketOf(evidence, other);
}

function bucketOf(evidence: Evidence, { bot, endedAt, permit, shard }: PermitRequest): number {
  const maxConcurrency = evidence.bucketsAt(bot, endedAt)?.maxConcurrency ?? 1;
  return permit?.bucket ?? (shard ?? 0) % maxConcurrency;
}
