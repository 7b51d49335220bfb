import type { Snapshot } from '../api/schemas.ts';

/** Of so many messages the least late one counts. One comes a second, so what has become wrong is gone in half a minute. */
const MAX_KEPT = 30;

/**
 * How far the clock of this machine is ahead of the service's. Every message is late by what the network took, so the
 * smallest difference is the best; either clock may be set, and another replica may have another one, so old ones go.
 */
export class ClockOffset {
  #lateMs: number[] = [];
  /** Whether nothing was learned yet from the connection that there is. */
  #isNew = true;

  /** In ms; undefined while nothing is known. */
  get aheadMs(): number | undefined {
    return this.#lateMs.length === 0 ? undefined : Math.min(...this.#lateMs);
  }

  /**
   * Learns from the state as it was heard just now.
   *
   * @param isFirst whether it is the first of a connection, which may be one to another replica
   */
  learn({ at, limiter }: Snapshot, heardAt: number, isFirst: boolean): void {
    this.#isNew ||= isFirst;
    // Without its store the service goes on telling an old state, and what is known of the clocks holds.
    if (!limiter.available) return;
    this.#lateMs = [...(this.#isNew ? [] : this.#lateMs), heardAt - at].slice(-MAX_KEPT);
    this.#isNew = false;
  }
}
