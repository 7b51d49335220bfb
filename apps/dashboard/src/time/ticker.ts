import { wallNow } from './clock.ts';

const TICK_MS = 1000;

/** Ticks once a second while it has a subscriber: one timer for all durations of the page. */
class Ticker {
  #now = wallNow();
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #listeners = new Set<() => void>();

  /** For useSyncExternalStore: the time of the last tick, in ms since the Unix epoch by this machine's clock. */
  readonly get = (): number => this.#now;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
    if (this.#listeners.size === 1) this.#now = wallNow();
    return () => this.#unsubscribe(listener);
  };

  #unsubscribe(listener: () => void): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    this.#now = wallNow();
    for (const listener of this.#listeners) listener();
  }
}

/** The page's ticker. */
export const ticker = new Ticker();
