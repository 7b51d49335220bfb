import type { Ask, Buckets, History, StoredPermit } from '../history.ts';
import { Calm } from './quiet-times.ts';

/** How exactly a moment on the store's clock is known here, ms. */
export const STORE_DOUBT_MS = 20;

/** Written less than this before the store lost what it had, it may be gone; ms. */
const LOSS_MS = 3000;

/** What belongs together in a history. */
export class Evidence {
  readonly calm: Calm;
  readonly #askOf = new Map<string, Ask>();
  readonly #permitOf = new Map<number, StoredPermit>();

  constructor(readonly history: History) {
    this.calm = new Calm(history);
    const byShard = Map.groupBy(history.permits, shardKey);
    const answered = history.asks.filter(({ outcome }) => outcome === 'permit');
    const byId = new Map(history.permits.map((permit) => [nameOf(permit), permit]));
    // Those of /v1 say which one they had. What is left is for the others, each of whom had one of its own.
    for (const ask of answered) this.#match(ask, ask.permit && byId.get(ask.permit.id));
    for (const ask of answered.toSorted((a, b) => a.endedAt - b.endedAt)) {
      if (ask.permit === undefined) this.#match(ask, this.#likeliest(ask, byShard));
    }
  }

  /** The permit of which the request was told. */
  permitOf(ask: Ask): StoredPermit | undefined {
    return this.#permitOf.get(ask.number);
  }

  /** The request that was told of the permit. */
  askOf(permit: StoredPermit): Ask | undefined {
    return this.#askOf.get(permit.id);
  }

  /** The buckets that the store had at a moment on its clock. */
  bucketsOnStore(bot: string, moment: number): Buckets | undefined {
    return this.history.buckets.findLast(
      (buckets) => buckets.bot === bot && buckets.onStore <= moment,
    );
  }

  bucketsAt(bot: string, moment: number): Buckets | undefined {
    return this.history.buckets.findLast((buckets) => buckets.bot === bot && buckets.at <= moment);
  }

  /** Whether what was written at this moment may have been lost. */
  mayBeLost(moment: number): boolean {
    return this.history.lossesAt.some((lossAt) => moment <= lossAt && moment >= lossAt - LOSS_MS);
  }

  /** Whether the store lost anything in this time. */
  hasLosses(from: number, to: number): boolean {
    return this.history.lossesAt.some((lossAt) => lossAt >= from - LOSS_MS && lossAt <= to);
  }

  #match(ask: Ask, permit: StoredPermit | undefined): void {
    if (permit === undefined || this.#askOf.has(permit.id)) return;
    this.#askOf.set(permit.id, ask);
    this.#permitOf.set(ask.number, permit);
  }

  /** The last that was given before the answer came. One that was released is an answer nobody should have. */
  #likeliest(ask: Ask, byShard: ReadonlyMap<string, StoredPermit[]>): StoredPermit | undefined {
    const possible = (byShard.get(shardKey(ask)) ?? []).filter(
      (permit) =>
        !this.#askOf.has(permit.id) &&
        permit.onStore.confirmBy === undefined &&
        permit.givenAt >= ask.askedAt - STORE_DOUBT_MS &&
        permit.givenAt <= ask.endedAt + STORE_DOUBT_MS,
    );
    return possible.findLast(({ back }) => !back) ?? possible.at(-1);
  }
}

/** What `/v1` calls a permit. */
function nameOf({ bot, id }: StoredPermit): string {
  return `${bot}:${id}`;
}

export function shardKey({ bot, shard }: Pick<Ask, 'bot' | 'shard'>): string {
  return `${bot} ${shard}`;
}
