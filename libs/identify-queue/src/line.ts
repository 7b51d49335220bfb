import { compareRanks, type Rank } from '@gateway-queue/identify-limiter';

interface Ranked {
  readonly state: { readonly rank: Rank };
}

/** Items in the order of their ranks. */
export class Line<T extends Ranked> implements Iterable<T> {
  #items: T[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** The item that is next. */
  get first(): T | undefined {
    return this.#items[0];
  }

  /** 1 for the item that is next. */
  positionOf(item: T): number {
    return this.#items.indexOf(item, this.rankingBefore(item.state.rank)) + 1;
  }

  add(item: T): void {
    // Most lines of a shard have one item. An array that grows to it keeps room for sixteen more.
    if (this.#items.length === 0) this.#items = [item];
    else this.#items.splice(this.rankingBefore(item.state.rank), 0, item);
  }

  /** Removes `item`, whose rank must be the one it was added with. Does nothing when it is not in the line. */
  remove(item: T): void {
    const index = this.#items.indexOf(item, this.rankingBefore(item.state.rank));
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
      if (item !== undefined && compareRanks(item.state.rank, rank) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
