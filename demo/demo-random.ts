import { setTimeout as sleep } from 'node:timers/promises';

import { seededRandom, type Random } from '../test/support/discord/random.ts';

/** From the first to the second, ms. */
export type Range = readonly [leastMs: number, mostMs: number];

/** Draws lots, the same ones from the same seed, and waits for as long as they say. */
export class Chance {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** Another one whose lots do not depend on how often this one is asked. */
  fork(): Chance {
    return new Chance(Math.floor(this.#random() * 2 ** 32));
  }

  /** Whether something happens that does so in this share of all cases. */
  happens(share: number): boolean {
    return this.#random() < share;
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  /** One of them. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  ms([leastMs, mostMs]: Range): number {
    return leastMs + (mostMs - leastMs) * this.#random();
  }

  /** Rejects as soon as the signal is aborted. */
  async pause(range: Range, signal: AbortSignal): Promise<void> {
    await sleep(this.ms(range), undefined, { signal });
  }
}
