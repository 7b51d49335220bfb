import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';
import type { RankedWaiter } from './waiter.ts';

/** Those of a bucket who may not go although it is their turn, and when each is asked for again; others pass them. */
export class Parked {
  readonly #timers = new Map<RankedWaiter, CancelTimer>();

  /** @param onReturn this one is to be asked for again, and is parked no more */
  constructor(
    private readonly clock: Clock,
    private readonly onReturn: (waiter: RankedWaiter) => void,
  ) {}

  has(waiter: RankedWaiter): boolean {
    return this.#timers.has(waiter);
  }

  waiters(): Iterable<RankedWaiter> {
    return this.#timers.keys();
  }

  /** @param forMs after so many ms it returns by itself */
  add(waiter: RankedWaiter, forMs: number): void {
    this.#timers.set(
      waiter,
      this.clock.setTimer(forMs, () => this.#return(waiter)),
    );
  }

  /** Returns whether it was there. */
  remove(waiter: RankedWaiter): boolean {
    this.#timers.get(waiter)?.();
    return this.#timers.delete(waiter);
  }

  returnAll(): void {
    for (const waiter of Array.from(this.#timers.keys())) this.#return(waiter);
  }

  /** Nobody returns any more. */
  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
  }

  #return(waiter: RankedWaiter): void {
    if (this.remove(waiter)) this.onReturn(waiter);
  }
}
