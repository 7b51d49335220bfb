import type { Ask, StoredPermit } from '../history.ts';
import { type Evidence, STORE_DOUBT_MS } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';
import { type Place, Places } from './places.ts';
import { name } from './spacing.ts';

/** So long before a permit, ms, its bucket's line must have been as it was then. */
const SETTLED_MS = 300;

/** The same after max_concurrency changed: the new lines are made everywhere. */
const NEW_BUCKETS_MS = 3000;

/** No request is held for longer, ms. */
const MAX_ASK_MS = 15_000;

/**
 * P4 and P6: nobody is passed by whoever joined after. A shard that hung up and asked again, here or there, joined
 * when it first asked. Only what is certain is judged: that one shard had joined before another one asked at all.
 */
export function checkOrder(evidence: Evidence): Finding {
  const { history } = evidence;
  const places = new Places(evidence);
  const named = history.asks.filter(({ shard }) => shard !== null);
  const violations: Violation[] = [];
  const counts = { ordersJudged: 0, ordersJudgedOfPlaces: 0 };
  const placeOf = (ask: Ask, moment: number): Place | undefined => {
    const place = places.of(ask, moment);
    return place !== undefined && place.settledAt < moment - SETTLED_MS ? place : undefined;
  };
  for (const permit of history.permits) {
    const served = evidence.askOf(permit);
    if (permit.shard === null || permit.back || served === undefined) continue;
    const { givenAt } = permit;
    const servedFrom = places.firstAskedAt(permit, givenAt - STORE_DOUBT_MS);
    const servedPlace = placeOf(served, givenAt);
    for (const waiting of waitingAt(named, permit, evidence)) {
      const waitingPlace = placeOf(waiting, givenAt);
      const waitingFrom = places.firstAskedAt(waiting, givenAt - STORE_DOUBT_MS);
      if (goesFirst(served, servedPlace, waiting, waitingFrom)) {
        counts.ordersJudged += 1;
        if ((servedPlace?.asks.length ?? 0) > 1) counts.ordersJudgedOfPlaces += 1;
      }
      if (!goesFirst(waiting, waitingPlace, served, servedFrom)) continue;
      counts.ordersJudged += 1;
      violations.push({
        promise: waitingPlace.asks.length > 1 ? 'P6' : 'P4',
        what:
          `${name(permit)} (${served.priority}), given at ${at(givenAt)} and asked for since ` +
          `${at(servedFrom)}, passed shard ${waiting.shard} (${waiting.priority}), in line since ` +
          `${at(waitingPlace.joinedBy)} by requests ${waitingPlace.asks.map(({ number }) => number).join(', ')}`,
        asks: [served.number, waiting.number],
      });
    }
  }
  return { violations, figures: counts };
}

/** The requests that wait in the permit's line when it is given. */
function waitingAt(asks: readonly Ask[], permit: StoredPermit, evidence: Evidence): Ask[] {
  const { bot, bucket, givenAt, onStore } = permit;
  const buckets = evidence.bucketsOnStore(bot, onStore.given);
  if (buckets === undefined || buckets.at > givenAt - NEW_BUCKETS_MS) return [];
  return asks.filter(
    (ask) =>
      ask.askedAt < givenAt &&
      ask.askedAt > givenAt - MAX_ASK_MS &&
      ask.endedAt > givenAt + SETTLED_MS &&
      ask.bot === bot &&
      ask.shard !== permit.shard &&
      (ask.shard ?? 0) % buckets.maxConcurrency === bucket,
  );
}

/** Whether one that has its place certainly goes before another that did not ask before that. */
function goesFirst(
  one: Ask,
  place: Place | undefined,
  other: Ask,
  otherFirstAskedAt: number,
): place is Place {
  if (place === undefined) return false;
  if (one.priority !== other.priority) return one.priority === 'high';
  return place.joinedBy < otherFirstAskedAt;
}
