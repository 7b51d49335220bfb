import type {
  Attempt,
  Change,
  Denial,
  Entry,
  IdentifyLimiter,
  Leaver,
  Permit,
  Rank,
} from '@gateway-queue/identify-limiter';
import type { SimulatedProcess } from '../process.ts';
import type { RecordedLimiter } from '../store/recorded-limiter.ts';
import type { Server } from '../store/server.ts';

/** A replica's limiter. Each of its calls goes through the simulated network. */
export class RemoteLimiter implements IdentifyLimiter {
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(
    private readonly server: Server,
    private readonly process: SimulatedProcess,
    private readonly limiter: RecordedLimiter,
  ) {}

  enter(entries: readonly Entry[]): Promise<Rank[]> {
    return this.#ask(() => this.limiter.enter(entries));
  }

  leave(entries: readonly Leaver[]): Promise<void> {
    return this.#ask(() => this.limiter.leave(entries));
  }

  forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void> {
    return this.#ask(() => this.limiter.forget(entries));
  }

  tryAcquire(attempt: Attempt): Promise<Permit | Denial> {
    return this.#ask(() => this.limiter.tryAcquire(attempt));
  }

  withdrawHead(bot: string, bucket: number): Promise<void> {
    return this.#ask(() => this.limiter.withdrawHead(bot, bucket));
  }

  confirm(bot: string, permitId: string): Promise<boolean> {
    return this.#ask(() => this.limiter.confirm(bot, permitId));
  }

  release(bot: string, permitId: string): Promise<boolean> {
    return this.#ask(() => this.limiter.release(bot, permitId));
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return this.server.subscribe(this.process, this.limiter.replica, listener);
  }

  /** The heartbeat has found that the store has lost this replica's entries. */
  entriesLost(bot: string): void {
    for (const listener of this.#listeners) listener({ bot, entriesLost: true });
  }

  #ask<T>(effect: () => Promise<T>): Promise<T> {
    return this.server.ask(this.process, this.limiter.replica, effect);
  }
}
