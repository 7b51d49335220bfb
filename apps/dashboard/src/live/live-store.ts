import type { FeedMessage } from './feed-message.ts';
import { hear, type LiveView, NOTHING_HEARD } from './live-view.ts';

/** What the page shows, and whether it stands still. */
export interface Shown extends LiveView {
  /** Since when nothing changes, by the service's clock, in ms since the Unix epoch; undefined when it does. */
  readonly frozenAt: number | undefined;
}

/** Keeps the live state for the page. While frozen it goes on listening, and shows what it had. */
export class LiveStore {
  #newest: LiveView = NOTHING_HEARD;
  #shown: Shown = { ...NOTHING_HEARD, frozenAt: undefined };
  readonly #listeners = new Set<() => void>();

  /** For useSyncExternalStore: another object when there is something new to show, and the same one else. */
  readonly get = (): Shown => this.#shown;

  /** Calls back when there is something new to show. @returns what ends that */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly hear = (message: FeedMessage): void => {
    this.#newest = hear(this.#newest, message);
    const { frozenAt } = this.#shown;
    if (frozenAt === undefined) this.#show({ ...this.#newest, frozenAt });
    // How the stream fares is always shown.
    else if (message.kind === 'state') this.#show({ ...this.#shown, feed: this.#newest.feed });
  };

  /** @param now by the service's clock */
  freeze(now: number): void {
    this.#show({ ...this.#shown, frozenAt: now });
  }

  /** Shows what has come meanwhile. */
  unfreeze(): void {
    this.#show({ ...this.#newest, frozenAt: undefined });
  }

  #show(shown: Shown): void {
    this.#shown = shown;
    for (const listener of this.#listeners) listener();
  }
}
