/**
 * Numbers that only look random: the same seed always gives the same ones. Mulberry32 by Tommy Ettinger, which is quick
 * and good enough to choose with.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, but never, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** A whole number; both bounds are possible. */
  whole(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choice: readonly [T, ...T[]]): T {
    return choice[this.whole(0, choice.length - 1)] ?? choice[0];
  }

  /** A source of its own, so that how much one draws changes nothing for the others. */
  fork(): Random {
    return new Random(this.next() * 2 ** 32);
  }
}
