import type { Ask, StoredPermit } from '../history.ts';
import type { Calm } from './quiet-times.ts';
import { type Evidence, shardKey } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';
import { name } from './spacing.ts';

/** How long a hang-up takes to be noticed, ms. */
const NOTICE_MS = 40;

/** How long a permit may be on its way to its replica and still be handed on, ms, where that way is held up. */
const WAY_MS = 300;

/** The same where the replica could not look: a permit may reach it so late and still be handed on. */
const LATE_NOTICE_MS = 1500;

/** Why nobody had a permit that was never released. */
type Excuse = 'slotsLostToHangUps' | 'slotsLostToKills' | 'slotsLostToEndings';

/**
 * P5: no slot is lost to those who left. It is only where nobody can help it: the client hung up while its answer
 * was under way, or the replica was gone before it could hand the permit on, or release it.
 */
export function checkGhosts(evidence: Evidence): Finding {
  const { asks, permits } = evidence.history;
  const byShard = Map.groupBy(asks, shardKey);
  const counts = { slotsLostToHangUps: 0, slotsLostToKills: 0, slotsLostToEndings: 0 };
  const violations: Violation[] = [];
  for (const permit of permits) {
    if (permit.back || permit.lost || evidence.askOf(permit) !== undefined) continue;
    // That it was released may have been lost.
    if (evidence.hasLosses(permit.givenAt, permit.givenAt + 10_000)) continue;
    const possible = (byShard.get(shardKey(permit)) ?? []).filter(
      (ask) => ask.askedAt <= permit.givenAt && ask.outcome !== 'permit',
    );
    const excuse = excuseFor(evidence, permit, possible);
    if (excuse !== undefined) {
      counts[excuse] += 1;
      continue;
    }
    violations.push({
      promise: 'P5',
      what: `${name(permit)}, given at ${at(permit.givenAt)}, reached nobody and was not released`,
      asks: possible.slice(-3).map(({ number }) => number),
    });
  }
  return { violations, figures: counts };
}

function excuseFor(
  { calm }: Evidence,
  { givenAt }: StoredPermit,
  asks: readonly Ask[],
): Excuse | undefined {
  const hungUp = asks.some(({ doubtMs, endedAt, replica }) => {
    if (endedAt < givenAt - NOTICE_MS - doubtMs) return false;
    const wayMs = calm.heldUp(replica, givenAt, endedAt) ? WAY_MS : 0;
    return endedAt <= givenAt + NOTICE_MS + doubtMs + wayMs;
  });
  if (hungUp) return 'slotsLostToHangUps';
  if (asks.some((ask) => wentWith(calm, 'replica killed', ask, givenAt))) return 'slotsLostToKills';
  if (asks.some((ask) => wentWith(calm, 'rolling restart', ask, givenAt))) {
    return 'slotsLostToEndings';
  }
  // While it is suspended a process sees no hang-up, and just after that not at once.
  const unnoticed = asks.some(
    ({ endedAt, replica }) =>
      isNear(endedAt, givenAt, LATE_NOTICE_MS) &&
      calm
        .of('replica suspended', replica)
        .some(({ from, to }) => from <= endedAt + NOTICE_MS && to >= endedAt - NOTICE_MS),
  );
  return unnoticed ? 'slotsLostToHangUps' : undefined;
}

/** Whether the process that held the request had an end that took the permit with it. */
function wentWith(calm: Calm, kind: string, ask: Ask, givenAt: number): boolean {
  return calm.of(kind, ask.replica).some(({ from }) => {
    if (from < ask.askedAt - NOTICE_MS) return false;
    // What it had asked of the store may be done after it was gone, or after its client was.
    const wantedUntil = Math.min(ask.endedAt, from);
    const isWanted = givenAt <= wantedUntil + NOTICE_MS;
    if (!isWanted && !calm.heldUp(ask.replica, wantedUntil, givenAt)) return false;
    // And it would have handed the permit on, or released it, at once.
    return from <= givenAt + NOTICE_MS || calm.heldUp(ask.replica, givenAt, from);
  });
}

function isNear(moment: number, other: number, ms: number): boolean {
  return Math.abs(moment - other) <= ms;
}
