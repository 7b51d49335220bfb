import type { PermitRequest, Buckets, History, StoredPermit } from '../history.ts';
import { QuietTimes } from './quiet-times.ts';

/** How exactly a moment on the store's clock is known on this process's clock, ms. */
export const STORE_UNCERTAINTY_MS = 20;

/** What was written less than this before the store lost data may be lost, ms. */
const LOSS_MS = 3000;

/** A history in which each permit is matched with the request that got it. */
export class Evidence {
  readonly quietTimes: QuietTimes;
  readonly #requestOf = new Map<string, PermitRequest>();
  readonly #permitOf = new Map<number, StoredPermit>();

  constructor(readonly history: History) {
    this.quietTimes = new QuietTimes(history);
    const byShard = Map.groupBy(history.permits, shardKey);
    const answered = history.requests.filter(({ outcome }) => outcome === 'permit');
    const byId = new Map(history.permits.map((permit) => [publicId(permit), permit]));
    // An answer on /v1 names its permit. The permits that remain belong to requests on /, one each.
    for (const request of answered)
      this.#match(request, request.permit && byId.get(request.permit.id));
    for (const request of answered.toSorted((a, b) => a.endedAt - b.endedAt)) {
      if (request.permit === undefined) this.#match(request, this.#likeliest(request, byShard));
    }
  }

  /** The permit that the request got. */
  permitOf(request: PermitRequest): StoredPermit | undefined {
    return this.#permitOf.get(request.number);
  }

  /** The request that got the permit. */
  requestOf(permit: StoredPermit): PermitRequest | undefined {
    return this.#requestOf.get(permit.id);
  }

  /** The buckets that the store had at a moment of its own clock. */
  bucketsOnStoreClock(bot: string, moment: number): Buckets | undefined {
    return this.history.buckets.findLast(
      (buckets) => buckets.bot === bot && buckets.onStoreClock <= moment,
    );
  }

  bucketsAt(bot: string, moment: number): Buckets | undefined {
    return this.history.buckets.findLast((buckets) => buckets.bot === bot && buckets.at <= moment);
  }

  /** Whether the store may have lost what it wrote at this moment. */
  mayBeLost(moment: number): boolean {
    return this.history.lossesAt.some((lossAt) => moment <= lossAt && moment >= lossAt - LOSS_MS);
  }

  /** Whether the store may have lost data in this time. */
  hasLosses(from: number, to: number): boolean {
    return this.history.lossesAt.some((lossAt) => lossAt >= from - LOSS_MS && lossAt <= to);
  }

  #match(request: PermitRequest, permit: StoredPermit | undefined): void {
    if (permit === undefined || this.#requestOf.has(permit.id)) return;
    this.#requestOf.set(permit.id, request);
    this.#permitOf.set(request.number, permit);
  }

  /** The last permit of the shard that was granted before the answer came. A released permit is chosen only if there is no other. */
  #likeliest(
    request: PermitRequest,
    byShard: ReadonlyMap<string, StoredPermit[]>,
  ): StoredPermit | undefined {
    const possible = (byShard.get(shardKey(request)) ?? []).filter(
      (permit) =>
        !this.#requestOf.has(permit.id) &&
        permit.onStoreClock.confirmBy === undefined &&
        permit.givenAt >= request.askedAt - STORE_UNCERTAINTY_MS &&
        permit.givenAt <= request.endedAt + STORE_UNCERTAINTY_MS,
    );
    return possible.findLast(({ released }) => !released) ?? possible.at(-1);
  }
}

/** The id of a permit on `/v1`. */
function publicId({ bot, id }: StoredPermit): string {
  return `${bot}:${id}`;
}

export function shardKey({ bot, shard }: Pick<PermitRequest, 'bot' | 'shard'>): string {
  return `${bot} ${shard}`;
}
