import { monotonicNow } from '../../support/discord/index.ts';

const TICK_MS = 5;

/** So many ticks are remembered: where each came in time, those of a second. */
const REMEMBERED = 200;

/**
 * Knows how long this process was busy with other things, or was not let run, before it saw what it sees now. The
 * processes beside it are no better off.
 */
export class LoopWatch {
  /** When it was seen to run, the latest last. */
  readonly #ticks = [monotonicNow()];
  readonly #timer = setInterval(() => {
    this.#ticks.push(monotonicNow());
    if (this.#ticks.length > REMEMBERED) this.#ticks.shift();
  }, TICK_MS);

  /** What is seen now may have been there for so many ms. */
  get doubtMs(): number {
    // Timers come before what came over the network: the tick right before that says nothing.
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
