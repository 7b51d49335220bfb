import type { PermitRequest, StoredPermit } from '../history.ts';
import { type Evidence, shardKey, STORE_UNCERTAINTY_MS } from './evidence.ts';

/** A replica without faults has enrolled a request, or taken it out of the line, after this time, ms. */
const ENROLMENT_MS = 400;

/** The TTL is shortened by this where a place must certainly exist, and lengthened by this where it may exist, ms. */
const TTL_UNCERTAINTY_MS = 5000;

/** For this time after a permit was released, its shard may not be in line, ms. */
const RELEASE_MS = 4000;

/** The certain place of a shard. */
export interface Place {
  /** The shard has the rank of a shard that joined at this moment at the latest. */
  readonly joinedBy: number;
  /** From when on all replicas know this rank. */
  readonly settledAt: number;
  /** The requests by which the shard kept its place, the oldest first. */
  readonly requests: readonly PermitRequest[];
}

/** Derives from the requests of each shard which rank it must have. */
export class Places {
  readonly #requests: ReadonlyMap<string, PermitRequest[]>;
  readonly #permits: ReadonlyMap<string, StoredPermit[]>;

  constructor(private readonly evidence: Evidence) {
    this.#requests = Map.groupBy(evidence.history.requests, shardKey);
    this.#permits = Map.groupBy(evidence.history.permits, shardKey);
  }

  /** The place of the shard whose request waits at this moment; undefined when it is not certain. */
  of(waiting: PermitRequest, moment: number): Place | undefined {
    const { quietTimes, history } = this.evidence;
    if (!quietTimes.isQuiet(waiting.replica, moment - ENROLMENT_MS, moment)) return undefined;
    const permits = this.#permits.get(shardKey(waiting)) ?? [];
    if (
      permits.some(
        (permit) => permit.released && isWithin(permit.givenAt, moment - RELEASE_MS, moment),
      )
    ) {
      return undefined;
    }
    let place: Place = {
      joinedBy: this.#joinedBy(waiting),
      settledAt: this.#joinedBy(waiting),
      requests: [waiting],
    };
    const servedAt = this.#servedBefore(waiting, moment)?.givenAt ?? -Infinity;
    let leftBy = place.settledAt;
    for (const request of (this.#requests.get(shardKey(waiting)) ?? []).toReversed()) {
      if (request.askedAt >= waiting.askedAt || request.askedAt <= servedAt + STORE_UNCERTAINTY_MS)
        continue;
      // A request may have had the place even if it is not certain that it was enrolled.
      leftBy = Math.max(leftBy, this.#leftBy(request));
      const joinedBy = this.#joinedBy(request);
      const awayMs = place.joinedBy - request.endedAt;
      if (joinedBy > Math.min(request.endedAt, place.joinedBy)) continue;
      if (awayMs > history.rules.placeTtlMs - TTL_UNCERTAINTY_MS) continue;
      place = { joinedBy, settledAt: leftBy, requests: [request, ...place.requests] };
    }
    return this.evidence.hasLosses(place.joinedBy, moment) ? undefined : place;
  }

  /** When a shard that waits at this moment first asked, at the earliest; -Infinity when it may have an older place. */
  firstAskedAt(shard: Pick<PermitRequest, 'bot' | 'shard'>, moment: number): number {
    const { quietTimes, history } = this.evidence;
    const before = this.#servedBefore(shard, moment);
    const servedAt = before?.givenAt ?? -Infinity;
    const servedRequest = before && this.evidence.requestOf(before);
    let firstAskedAt = Infinity;
    for (const request of this.#requests.get(shardKey(shard)) ?? []) {
      if (request === servedRequest || request.askedAt > moment + STORE_UNCERTAINTY_MS) continue;
      if (request.endedAt >= servedAt - ENROLMENT_MS) {
        firstAskedAt = Math.min(firstAskedAt, request.askedAt);
        continue;
      }
      // The shard was served since. But a request that ended during a fault may have left a place that no request took.
      const mayBeLeft =
        request.outcome !== 'permit' &&
        request.endedAt > moment - history.rules.placeTtlMs - TTL_UNCERTAINTY_MS;
      if (
        mayBeLeft &&
        !quietTimes.isQuiet(request.replica, request.endedAt, request.endedAt + ENROLMENT_MS)
      ) {
        return -Infinity;
      }
    }
    return firstAskedAt;
  }

  #joinedBy({ askedAt, replica }: PermitRequest): number {
    return this.evidence.quietTimes.quietSince(replica, askedAt, ENROLMENT_MS);
  }

  /** When the place of a request that ended is there for the shard's next request, at the latest. */
  #leftBy({ askedAt, endedAt, replica }: PermitRequest): number {
    const { quietTimes } = this.evidence;
    const leftBy = quietTimes.quietSince(replica, endedAt, ENROLMENT_MS);
    const death = quietTimes
      .faultsOf('replica killed', replica)
      .find(({ from }) => from >= askedAt && from <= endedAt + STORE_UNCERTAINTY_MS);
    return death === undefined ? leftBy : Math.min(leftBy, quietTimes.deathKnownBy(death.from));
  }

  #servedBefore(
    shard: Pick<PermitRequest, 'bot' | 'shard'>,
    moment: number,
  ): StoredPermit | undefined {
    const isServed = ({ released, givenAt }: StoredPermit): boolean =>
      !released && givenAt < moment;
    return this.#permits.get(shardKey(shard))?.findLast(isServed);
  }
}

function isWithin(moment: number, from: number, to: number): boolean {
  return moment >= from && moment <= to;
}
