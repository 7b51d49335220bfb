import { compareRanks, type Rank } from '@gateway-queue/identify-limiter';

/**
 * The head of each replica's line, by bot and bucket. In memory alone: when this process ends, so do
 * all replicas that share it.
 */
export class Heads {
  readonly #bots = new Map<string, Map<number, Map<string, Rank>>>();

  /** Returns whether other replicas wait there, and this one's head gave way to a later one. */
  set(bot: string, bucket: number, replica: string, rank: Rank): boolean {
    const buckets = this.#bots.get(bot) ?? new Map<number, Map<string, Rank>>();
    const heads = buckets.get(bucket) ?? new Map<string, Rank>();
    const before = heads.get(replica);
    this.#bots.set(bot, buckets.set(bucket, heads.set(replica, rank)));
    return before !== undefined && compareRanks(before, rank) < 0 && heads.size > 1;
  }

  /** Returns whether there was one, and other replicas have a head there. */
  withdraw(bot: string, bucket: number, replica: string): boolean {
    const buckets = this.#bots.get(bot);
    const heads = buckets?.get(bucket);
    if (buckets === undefined || heads === undefined) return false;
    const hadOne = heads.delete(replica);
    if (heads.size === 0) buckets.delete(bucket);
    return hadOne && heads.size > 0;
  }

  /** The heads of all replicas but this one. */
  *others(bot: string, bucket: number, replica: string): Generator<Rank> {
    for (const [owner, rank] of this.#bots.get(bot)?.get(bucket) ?? []) {
      if (owner !== replica) yield rank;
    }
  }

  forget(bot: string): void {
    this.#bots.delete(bot);
  }
}
