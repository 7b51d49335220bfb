import type { Heads as HeadsOfBucket, HeadWrite, Rank } from '@gateway-queue/identify-limiter';

const NO_HEADS: HeadsOfBucket = new Map();

/**
 * The head of each replica's line, by bot and bucket. In memory alone: when this process ends, so do all replicas that
 * share it.
 */
export class Heads {
  readonly #bots = new Map<string, Map<number, Map<string, Rank>>>();

  of(bot: string, bucket: number): HeadsOfBucket {
    return this.#bots.get(bot)?.get(bucket) ?? NO_HEADS;
  }

  /** Whether more than one replica has a head, of whichever bucket. */
  areSeveral(bot: string): boolean {
    const replicas = new Set<string>();
    for (const heads of this.#bots.get(bot)?.values() ?? []) {
      for (const replica of heads.keys()) replicas.add(replica);
    }
    return replicas.size > 1;
  }

  apply(write: HeadWrite): void {
    switch (write.kind) {
      case 'set-head':
        this.#set(write.bot, write.bucket, write.replica, write.rank);
        break;
      case 'withdraw-head':
        this.#withdraw(write.bot, write.bucket, write.replica);
        break;
      case 'forget-heads':
        this.#bots.delete(write.bot);
        break;
      default:
        write satisfies never;
    }
  }

  #set(bot: string, bucket: number, replica: string, rank: Rank): void {
    const buckets = this.#bots.get(bot) ?? new Map<number, Map<string, Rank>>();
    const heads = buckets.get(bucket) ?? new Map<string, Rank>();
    this.#bots.set(bot, buckets.set(bucket, heads.set(replica, rank)));
  }

  #withdraw(bot: string, bucket: number, replica: string): void {
    const buckets = this.#bots.get(bot);
    const heads = buckets?.get(bucket);
    heads?.delete(replica);
    if (heads?.size === 0) buckets?.delete(bucket);
  }
}
