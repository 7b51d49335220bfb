import { compareRanks, type IdentifyLimiter, type Rank } from '@gateway-queue/identify-limiter';
import { type Retrier, unlessClosed } from './retrier.ts';
import type { Waiter } from './waiter.ts';

/** How many requests are given their ranks at once: a flood must not hold up the permits for long. */
const MOST_AT_ONCE = 256;

/** Where requests come in: it fetches their ranks, in the order in which they came, many at once under load. */
export class Entrance {
  #arrived: Waiter[] = [];
  #letting = false;

  constructor(
    private readonly limiter: IdentifyLimiter,
    private readonly retrier: Retrier,
    private readonly onEntered: (waiter: Waiter, rank: Rank) => void,
  ) {}

  admit(waiter: Waiter): void {
    this.#arrived.push(waiter);
    if (this.#letting) return;
    this.#letting = true;
    this.#letIn().catch(unlessClosed);
  }

  async #letIn(): Promise<void> {
    while (this.#arrived.length > 0) {
      const entered = await this.retrier.untilDone(() => this.#enterSome());
      // In rank order: the first one added may have its permit before the next is.
      entered.sort(([, a], [, b]) => compareRanks(a, b));
      for (const [waiter, rank] of entered) this.onEntered(waiter, rank);
    }
    this.#letting = false;
  }

  /** One try. Those who have left by then are not entered at all. */
  async #enterSome(): Promise<[Waiter, Rank][]> {
    this.#arrived = this.#arrived.filter((waiter) => !waiter.done);
    const some = this.#arrived.slice(0, MOST_AT_ONCE);
    if (some.length === 0) return [];
    const ranks = await this.limiter.enter(some.map((waiter) => waiter.entry));
    this.#arrived.splice(0, some.length);
    return some.flatMap((waiter, index) => {
      const rank = ranks[index];
      return rank === undefined ? [] : [[waiter, rank] satisfies [Waiter, Rank]];
    });
  }
}
