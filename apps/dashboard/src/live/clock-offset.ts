import type { Snapshot } from '../api/schemas.ts';

/** The number of newest messages that count. One comes each second, so a changed clock is noticed within half a minute. */
const MAX_KEPT = 30;

/**
 * How far the clock of this machine is ahead of the service's. The network delays each message, so the smallest difference
 * is the best estimate. Old differences are dropped, because either clock may be set and another replica may have another
 * clock.
 */
export class ClockOffset {
  #lateMs: number[] = [];
  /** Whether the present connection has not yet contributed a difference. */
  #isNew = true;

  /** In ms; undefined until the first difference is known. */
  get aheadMs(): number | undefined {
    return this.#lateMs.length === 0 ? undefined : Math.min(...this.#lateMs);
  }

  /**
   * Takes the difference of a state that has just arrived.
   *
   * @param receivedAt when it arrived, by this machine's clock
   * @param isFirst whether it is the first of a connection, which may lead to another replica
   */
  learn({ at, limiter }: Snapshot, receivedAt: number, isFirst: boolean): void {
    this.#isNew ||= isFirst;
    // Without its store the service keeps sending an old state, whose moment says nothing about the clocks.
    if (!limiter.available) return;
    this.#lateMs = [...(this.#isNew ? [] : this.#lateMs), receivedAt - at].slice(-MAX_KEPT);
    this.#isNew = false;
  }
}
