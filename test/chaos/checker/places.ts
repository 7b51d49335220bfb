import type { Ask, StoredPermit } from '../history.ts';
import { type Evidence, shardKey, STORE_DOUBT_MS } from './evidence.ts';

/** A replica that is well has a request in line, or out of it, after so many ms. */
const PASSAGE_MS = 400;

/** What a TTL is shortened by where a place has to be there for certain, and lengthened where it may be, ms. */
const TTL_DOUBT_MS = 5000;

/** So long after a permit was released, ms, its shard may not be in line again. */
const BACK_MS = 4000;

/** Where a shard certainly stands. */
export interface Place {
  /** It has the rank of one that joined at this moment at the latest. */
  readonly joinedBy: number;
  /** From when on all replicas go by that. */
  readonly settledAt: number;
  /** The requests by which it kept its place. */
  readonly asks: readonly Ask[];
}

/** Works out of the requests of each shard what its rank must be. */
export class Places {
  readonly #asks: ReadonlyMap<string, Ask[]>;
  readonly #permits: ReadonlyMap<string, StoredPermit[]>;

  constructor(private readonly evidence: Evidence) {
    this.#asks = Map.groupBy(evidence.history.asks, shardKey);
    this.#permits = Map.groupBy(evidence.history.permits, shardKey);
  }

  /** The place of a shard by a request of it that waits at this moment; undefined when it may be any. */
  of(waiting: Ask, moment: number): Place | undefined {
    const { calm, history } = this.evidence;
    if (!calm.holds(waiting.replica, moment - PASSAGE_MS, moment)) return undefined;
    const permits = this.#permits.get(shardKey(waiting)) ?? [];
    if (
      permits.some((permit) => permit.back && isWithin(permit.givenAt, moment - BACK_MS, moment))
    ) {
      return undefined;
    }
    let place: Place = {
      joinedBy: this.#joinedBy(waiting),
      settledAt: this.#joinedBy(waiting),
      asks: [waiting],
    };
    const servedAt = this.#servedBefore(waiting, moment)?.givenAt ?? -Infinity;
    let leftBy = place.settledAt;
    for (const ask of (this.#asks.get(shardKey(waiting)) ?? []).toReversed()) {
      if (ask.askedAt >= waiting.askedAt || ask.askedAt <= servedAt + STORE_DOUBT_MS) continue;
      // Also one of which nobody knows whether it was in line may have had the place.
      leftBy = Math.max(leftBy, this.#leftBy(ask));
      const joinedBy = this.#joinedBy(ask);
      const awayMs = place.joinedBy - ask.endedAt;
      if (joinedBy > Math.min(ask.endedAt, place.joinedBy)) continue;
      if (awayMs > history.rules.placeTtlMs - TTL_DOUBT_MS) continue;
      place = { joinedBy, settledAt: leftBy, asks: [ask, ...place.asks] };
    }
    return this.evidence.hasLosses(place.joinedBy, moment) ? undefined : place;
  }

  /** When a shard that waits at this moment asked first, at the earliest; -Infinity when it may have an older place. */
  firstAskedAt(shard: Pick<Ask, 'bot' | 'shard'>, moment: number): number {
    const { calm, history } = this.evidence;
    const before = this.#servedBefore(shard, moment);
    const servedAt = before?.givenAt ?? -Infinity;
    const servedAsk = before && this.evidence.askOf(before);
    let firstAskedAt = Infinity;
    for (const ask of this.#asks.get(shardKey(shard)) ?? []) {
      if (ask === servedAsk || ask.askedAt > moment + STORE_DOUBT_MS) continue;
      if (ask.endedAt >= servedAt - PASSAGE_MS) {
        firstAskedAt = Math.min(firstAskedAt, ask.askedAt);
        continue;
      }
      // It was served since. But of a request that ended in trouble a place may be left that nobody took.
      const mayBeLeft =
        ask.outcome !== 'permit' && ask.endedAt > moment - history.rules.placeTtlMs - TTL_DOUBT_MS;
      if (mayBeLeft && !calm.holds(ask.replica, ask.endedAt, ask.endedAt + PASSAGE_MS)) {
        return -Infinity;
      }
    }
    return firstAskedAt;
  }

  #joinedBy({ askedAt, replica }: Ask): number {
    return this.evidence.calm.since(replica, askedAt, PASSAGE_MS);
  }

  /** When its place is there for others of its shard, at the latest. */
  #leftBy({ askedAt, endedAt, replica }: Ask): number {
    const { calm } = this.evidence;
    const leftBy = calm.since(replica, endedAt, PASSAGE_MS);
    const death = calm
      .of('replica killed', replica)
      .find(({ from }) => from >= askedAt && from <= endedAt + STORE_DOUBT_MS);
    return death === undefined ? leftBy : Math.min(leftBy, calm.deathNoticedBy(death.from));
  }

  #servedBefore(shard: Pick<Ask, 'bot' | 'shard'>, moment: number): StoredPermit | undefined {
    const isServed = ({ back, givenAt }: StoredPermit): boolean => !back && givenAt < moment;
    return this.#permits.get(shardKey(shard))?.findLast(isServed);
  }
}

function isWithin(moment: number, from: number, to: number): boolean {
  return moment >= from && moment <= to;
}
