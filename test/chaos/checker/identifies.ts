import type { Ask } from '../history.ts';
import type { Evidence } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';
import { inOneLine } from './spacing.ts';

/** For a process that has its permit and is not let run by the machine, ms. */
const SCHEDULING_MS = 25;

/**
 * When the IDENTIFYs were sent, by the clients' own clock. After a confirmed one (P2) the next comes an interval
 * later, whatever the network did. After one that nobody confirms (P1) the margin has to cover the way of the
 * permit, and what this process did not see in time is taken off.
 */
export function checkIdentifies(evidence: Evidence): Finding {
  const { asks, rules } = evidence.history;
  const identified = asks
    .filter(({ identifiedAt }) => identifiedAt !== undefined)
    .toSorted((a, b) => momentOf(a) - momentOf(b));
  const violations: Violation[] = [];
  const least = { P1: Infinity, P2: Infinity };
  for (const [index, later] of identified.entries()) {
    for (let other = index - 1; other >= 0; other -= 1) {
      const earlier = identified[other];
      if (earlier === undefined) break;
      const gapMs = momentOf(later) - momentOf(earlier);
      if (gapMs > 2 * rules.intervalMs) break;
      if (!shareALine(evidence, earlier, later)) continue;
      const promise = earlier.confirm ? 'P2' : 'P1';
      least[promise] = Math.min(least[promise], gapMs);
      const explainedMs = earlier.confirm ? 0 : earlier.doubtMs + SCHEDULING_MS;
      if (gapMs >= rules.intervalMs - explainedMs) continue;
      violations.push({
        promise,
        what:
          `bot ${earlier.bot}: shard ${later.shard} identified at ${at(momentOf(later))}, ${at(gapMs)} ms after ` +
          `shard ${earlier.shard} at ${at(momentOf(earlier))} (${at(explainedMs)} ms are explained)`,
        asks: [earlier.number, later.number],
      });
    }
  }
  return {
    violations,
    figures: {
      identifies: identified.length,
      leastIdentifyGapMs: least.P1,
      leastConfirmedGapMs: least.P2,
    },
  };
}

function momentOf({ identifiedAt = Number.NaN }: Ask): number {
  return identifiedAt;
}

function shareALine(evidence: Evidence, one: Ask, other: Ask): boolean {
  const [permit, otherPermit] = [evidence.permitOf(one), evidence.permitOf(other)];
  if (permit && otherPermit) return inOneLine(evidence, permit, otherPermit);
  // The store lost one of them.
  return one.bot === other.bot && bucketOf(evidence, one) === bucketOf(evidence, other);
}

function bucketOf(evidence: Evidence, { bot, endedAt, permit, shard }: Ask): number {
  const maxConcurrency = evidence.bucketsAt(bot, endedAt)?.maxConcurrency ?? 1;
  return permit?.bucket ?? (shard ?? 0) % maxConcurrency;
}
