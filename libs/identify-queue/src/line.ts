import { compareRanks, type Rank } from '@gateway-queue/identify-limiter';

interface Ranked {
  readonly rank: Rank;
}

/** Whatever waits, in the order of its ranks. */
export class Line<T extends Ranked> implements Iterable<T> {
  readonly #items: T[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** Who is next. */
  get first(): T | undefined {
    return this.#items[0];
  }

  /** 1 for who is next. */
  positionOf(item: T): number {
    return this.#items.indexOf(item, this.rankingBefore(item.rank)) + 1;
  }

  add(item: T): void {
    this.#items.splice(this.rankingBefore(item.rank), 0, item);
  }

  /** Removes `item`, whose rank must be the one it was added with. Does nothing when it is not in the line. */
  remove(item: T): void {
    // Two items have the same rank for the moment in which one of them takes it over.
    const index = this.#items.indexOf(item, this.rankingBefore(item.rank));
    if (index >= 0) this.#items.splice(index, 1);
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#items.values();
  }

  /** How many items rank before `rank`. */
  rankingBefore(rank: Rank): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const item = this.#items[middle];
      if (item !== undefined && compareRanks(item.rank, rank) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
