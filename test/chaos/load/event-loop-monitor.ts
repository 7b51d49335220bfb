import { monotonicNow } from '../../support/discord/index.ts';

const TICK_MS = 5;

/** How many ticks are remembered: those of one second, if each came in time. */
const REMEMBERED = 200;

/**
 * Measures how long this process was busy, or was not scheduled, so that it may have seen an event late. The other processes
 * on the machine were probably delayed as much.
 */
export class EventLoopMonitor {
  /** When the last ticks came, the latest last. */
  readonly #ticks = [monotonicNow()];
  readonly #timer = setInterval(() => {
    this.#ticks.push(monotonicNow());
    if (this.#ticks.length > REMEMBERED) this.#ticks.shift();
  }, TICK_MS);

  /** How long ago an event that is seen now may have happened, ms. */
  get uncertaintyMs(): number {
    // Node runs timers before network events: the tick right before this event says nothing.
    return Math.max(monotonicNow() - (this.#ticks.at(-2) ?? 0), this.#longestGapMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get #longestGapMs(): number {
    return this.#ticks.reduce(
      (longest, tick, index, ticks) => Math.max(longest, tick - (ticks[index - 1] ?? tick)),
      0,
    );
  }
}
