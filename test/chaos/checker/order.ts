import type { PermitRequest, StoredPermit } from '../history.ts';
import { type Evidence, STORE_UNCERTAINTY_MS } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';
import { type Place, Places } from './places.ts';
import { name } from './spacing.ts';

/** The line of a bucket must have been unchanged for this time before a permit, ms. */
const SETTLED_MS = 300;

/** The same after a change of max_concurrency, when all replicas rebuild their lines. */
const NEW_BUCKETS_MS = 3000;

/** No client waits for longer, ms. */
const MAX_REQUEST_MS = 15_000;

/**
 * P4 and P6, where the order is certain: no shard is passed by a shard that joined later.
 *
 * A shard that hung up and asked again, at any replica, joined when it first asked. The order is certain when one shard had
 * joined before the other one asked at all.
 */
export function checkOrder(evidence: Evidence): Finding {
  const { history } = evidence;
  const places = new Places(evidence);
  const named = history.requests.filter(({ shard }) => shard !== null);
  const violations: Violation[] = [];
  const counts = { ordersJudged: 0, ordersJudgedOfPlaces: 0 };
  const placeOf = (request: PermitRequest, moment: number): Place | undefined => {
    const place = places.of(request, moment);
    return place !== undefined && place.settledAt < moment - SETTLED_MS ? place : undefined;
  };
  for (const permit of history.permits) {
    const served = evidence.requestOf(permit);
    if (permit.shard === null || permit.released || served === undefined) continue;
    const { givenAt } = permit;
    const servedFrom = places.firstAskedAt(permit, givenAt - STORE_UNCERTAINTY_MS);
    const servedPlace = placeOf(served, givenAt);
    for (const waiting of waitingAt(named, permit, evidence)) {
      const waitingPlace = placeOf(waiting, givenAt);
      const waitingFrom = places.firstAskedAt(waiting, givenAt - STORE_UNCERTAINTY_MS);
      if (goesFirst(served, servedPlace, waiting, waitingFrom)) {
        counts.ordersJudged += 1;
        if ((servedPlace?.requests.length ?? 0) > 1) counts.ordersJudgedOfPlaces += 1;
      }
      if (!goesFirst(waiting, waitingPlace, served, servedFrom)) continue;
      counts.ordersJudged += 1;
      violations.push({
        promise: waitingPlace.requests.length > 1 ? 'P6' : 'P4',
        what:
          `${name(permit)} (${served.priority}), given at ${at(givenAt)} and asked for since ` +
          `${at(servedFrom)}, passed shard ${waiting.shard} (${waiting.priority}), in line since ` +
          `${at(waitingPlace.joinedBy)} by requests ${waitingPlace.requests.map(({ number }) => number).join(', ')}`,
        requests: [served.number, waiting.number],
      });
    }
  }
  return { violations, figures: counts };
}

/** The requests that wait in the permit's bucket when it is given. */
function waitingAt(
  requests: readonly PermitRequest[],
  permit: StoredPermit,
  evidence: Evidence,
): PermitRequest[] {
  const { bot, bucket, givenAt, onStoreClock } = permit;
  const buckets = evidence.bucketsOnStoreClock(bot, onStoreClock.given);
  if (buckets === undefined || buckets.at > givenAt - NEW_BUCKETS_MS) return [];
  return requests.filter(
    (request) =>
      request.askedAt < givenAt &&
      request.askedAt > givenAt - MAX_REQUEST_MS &&
      request.endedAt > givenAt + SETTLED_MS &&
      request.bot === bot &&
      request.shard !== permit.shard &&
      (request.shard ?? 0) % buckets.maxConcurrency === bucket,
  );
}

/** Whether `one`, which has this place, certainly goes before `other`, which first asked at that moment. */
function goesFirst(
  one: PermitRequest,
  place: Place | undefined,
  other: PermitRequest,
  otherFirstAskedAt: number,
): place is Place {
  if (place === undefined) return false;
  if (one.priority !== other.priority) return one.priority === 'high';
  return place.joinedBy < otherFirstAskedAt;
}
