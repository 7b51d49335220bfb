import { setTimeout as sleep } from 'node:timers/promises';

import { seededRandom, type Random } from '../test/support/discord/random.ts';

/** The shortest and the longest duration, in ms. */
export type Range = readonly [minMs: number, maxMs: number];

/** Random choices and random delays: the same seed gives the same ones. */
export class DemoRandom {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** A generator of its own: how often this one is used does not change what the other one gives. */
  fork(): DemoRandom {
    return new DemoRandom(Math.floor(this.#random() * 2 ** 32));
  }

  /** True with this probability. */
  happens(probability: number): boolean {
    return this.#random() < probability;
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  /** A duration in this range, in ms. */
  ms([minMs, maxMs]: Range): number {
    return minMs + (maxMs - minMs) * this.#random();
  }

  /** Waits for a random duration. Rejects as soon as the signal is aborted. */
  async sleep(range: Range, signal: AbortSignal): Promise<void> {
    await sleep(this.ms(range), undefined, { signal });
  }
}
