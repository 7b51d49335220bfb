import type { FeedMessage } from './feed-message.ts';
import { receive, type LiveView, EMPTY_VIEW } from './live-view.ts';

/** The live state that the page shows, and whether the page is frozen. */
export interface Shown extends LiveView {
  /** When the page was frozen, in ms since the Unix epoch by the service's clock; undefined while it is not frozen. */
  readonly frozenAt: number | undefined;
}

/** Keeps the live state for the page. While frozen it still receives messages, but shows the old state. */
export class LiveStore {
  #newest: LiveView = EMPTY_VIEW;
  #shown: Shown = { ...EMPTY_VIEW, frozenAt: undefined };
  readonly #listeners = new Set<() => void>();

  /** For useSyncExternalStore: a new object after each change, otherwise the same one. */
  readonly get = (): Shown => this.#shown;

  /** Calls back at each change. @returns the function that ends this */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly receive = (message: FeedMessage): void => {
    this.#newest = receive(this.#newest, message);
    const { frozenAt } = this.#shown;
    if (frozenAt === undefined) this.#show({ ...this.#newest, frozenAt });
    // The page shows the state of the stream even while it is frozen.
    else if (message.kind === 'state') this.#show({ ...this.#shown, feed: this.#newest.feed });
  };

  /** @param now by the service's clock, in ms since the Unix epoch */
  freeze(now: number): void {
    this.#show({ ...this.#shown, frozenAt: now });
  }

  /** Shows the newest state. */
  unfreeze(): void {
    this.#show({ ...this.#newest, frozenAt: undefined });
  }

  #show(shown: Shown): void {
    this.#shown = shown;
    for (const listener of this.#listeners) listener();
  }
}
