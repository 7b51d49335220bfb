import type { PermitRequest, StoredPermit } from '../history.ts';
import type { QuietTimes } from './quiet-times.ts';
import { type Evidence, shardKey } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';
import { name } from './spacing.ts';

/** How long a hang-up takes to be noticed, ms. */
const NOTICE_MS = 40;

/** How late a permit may reach its replica and still be answered, ms, when the network is delayed. */
const DELAYED_MS = 300;

/** The same when the replica was suspended, and could not notice the hang-up. */
const SUSPENDED_MS = 1500;

/** Why a permit that was never released reached no client. */
type Excuse = 'slotsLostToHangUps' | 'slotsLostToKills' | 'slotsLostToRestarts';

/**
 * P5, except around lost data: a permit reaches its client or is released.
 *
 * A permit may get lost when the client hung up while the answer was under way, or when the replica ended before it could
 * answer with the permit or release it. Such permits are counted.
 */
export function checkGhosts(evidence: Evidence): Finding {
  const { requests, permits } = evidence.history;
  const byShard = Map.groupBy(requests, shardKey);
  const counts = { slotsLostToHangUps: 0, slotsLostToKills: 0, slotsLostToRestarts: 0 };
  const violations: Violation[] = [];
  for (const permit of permits) {
    if (permit.released || permit.lost || evidence.requestOf(permit) !== undefined) continue;
    // The store may have lost the release.
    if (evidence.hasLosses(permit.givenAt, permit.givenAt + 10_000)) continue;
    const possible = (byShard.get(shardKey(permit)) ?? []).filter(
      (request) => request.askedAt <= permit.givenAt && request.outcome !== 'permit',
    );
    const excuse = excuseFor(evidence, permit, possible);
    if (excuse !== undefined) {
      counts[excuse] += 1;
      continue;
    }
    violations.push({
      promise: 'P5',
      what: `${name(permit)}, given at ${at(permit.givenAt)}, reached no client and was not released`,
      requests: possible.slice(-3).map(({ number }) => number),
    });
  }
  return { violations, figures: counts };
}

function excuseFor(
  { quietTimes }: Evidence,
  { givenAt }: StoredPermit,
  requests: readonly PermitRequest[],
): Excuse | undefined {
  const hungUp = requests.some(({ uncertaintyMs, endedAt, replica }) => {
    if (endedAt < givenAt - NOTICE_MS - uncertaintyMs) return false;
    const delayMs = quietTimes.wasDelayed(replica, givenAt, endedAt) ? DELAYED_MS : 0;
    return endedAt <= givenAt + NOTICE_MS + uncertaintyMs + delayMs;
  });
  if (hungUp) return 'slotsLostToHangUps';
  if (requests.some((request) => endedWithPermit(quietTimes, 'replica killed', request, givenAt)))
    return 'slotsLostToKills';
  if (
    requests.some((request) => endedWithPermit(quietTimes, 'rolling restart', request, givenAt))
  ) {
    return 'slotsLostToRestarts';
  }
  // A suspended process notices no hang-up, and just after it is resumed it notices one late.
  const hungUpUnnoticed = requests.some(
    ({ endedAt, replica }) =>
      isNear(endedAt, givenAt, SUSPENDED_MS) &&
      quietTimes
        .faultsOf('replica suspended', replica)
        .some(({ from, to }) => from <= endedAt + NOTICE_MS && to >= endedAt - NOTICE_MS),
  );
  return hungUpUnnoticed ? 'slotsLostToHangUps' : undefined;
}

/** Whether the process that held the request ended in this way while it had the permit. */
function endedWithPermit(
  quietTimes: QuietTimes,
  kind: string,
  request: PermitRequest,
  givenAt: number,
): boolean {
  return quietTimes.faultsOf(kind, request.replica).some(({ from }) => {
    if (from < request.askedAt - NOTICE_MS) return false;
    // The store may grant the permit after the process has ended, or after the client has hung up.
    const wantedUntil = Math.min(request.endedAt, from);
    const isWanted = givenAt <= wantedUntil + NOTICE_MS;
    if (!isWanted && !quietTimes.wasDelayed(request.replica, wantedUntil, givenAt)) return false;
    // A process that was not delayed would have answered with the permit, or released it, at once.
    return from <= givenAt + NOTICE_MS || quietTimes.wasDelayed(request.replica, givenAt, from);
  });
}

function isNear(moment: number, other: number, ms: number): boolean {
  return Math.abs(moment - other) <= ms;
}
