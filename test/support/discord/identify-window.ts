/**
 * When each shard's last IDENTIFY was accepted. It is kept by shard, not by key, so that it stays right
 * when max_concurrency changes in the middle of a window and shards get other keys.
 */
export class IdentifyWindow {
  readonly #acceptedAt = new Map<number, number>();

  accept(shard: number, now: number): void {
    this.#acceptedAt.set(shard, now);
  }

  /** Ms since a shard of this key was accepted; infinite when none was within the window. */
  sinceLastMs(key: number, maxConcurrency: number, windowMs: number, now: number): number {
    let since = Number.POSITIVE_INFINITY;
    for (const [shard, acceptedAt] of this.#acceptedAt) {
      if (now - acceptedAt >= windowMs) this.#acceptedAt.delete(shard);
      else if (shard % maxConcurrency === key) since = Math.min(since, now - acceptedAt);
    }
    return since;
  }
}
