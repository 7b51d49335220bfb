import { listPermits } from '../api/permits.ts';
import type { RecentPermit } from '../api/schemas.ts';
import type { LiveStore } from '../live/live-store.ts';
import { wallNow } from '../time/clock.ts';
import { addRecent, logOf, MOST_KEPT, NO_PERMITS, type PermitLog } from './permit-log.ts';

/** Not to ask again and again where permits come faster than they can be heard of, in ms. */
const LEAST_BETWEEN_ASKING_MS = 10_000;

interface Kept {
  log: PermitLog;
  recent: Readonly<Record<string, RecentPermit>> | undefined;
  askedAt: number;
}

/** The permits of all bots, for as long as the page is open: from the API at first, then from the live state. */
export class PermitLogs {
  readonly #store: LiveStore;
  readonly #kept = new Map<string, Kept>();
  readonly #listeners = new Set<() => void>();

  constructor(store: LiveStore) {
    this.#store = store;
  }

  /** Takes in what is new until it is told to end. @returns what ends it */
  follow(): () => void {
    this.#take();
    return this.#store.subscribe(() => this.#take());
  }

  /** For useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  of(bot: string): PermitLog {
    return this.#kept.get(bot)?.log ?? NO_PERMITS;
  }

  #take(): void {
    const { frozenAt, snapshot } = this.#store.get();
    if (snapshot === undefined || frozenAt !== undefined) return;
    let hasNews = false;
    for (const [id, { recentPermits }] of Object.entries(snapshot.bots)) {
      const kept = this.#kept.get(id) ?? { log: NO_PERMITS, recent: undefined, askedAt: -Infinity };
      this.#kept.set(id, kept);
      if (kept.recent !== recentPermits) {
        kept.recent = recentPermits;
        kept.log = addRecent(kept.log, recentPermits, snapshot.at);
        hasNews = true;
      }
      if (kept.log.hasGap) void this.#ask(id, kept, snapshot.at);
    }
    if (hasNews) this.#tell();
  }

  async #ask(bot: string, kept: Kept, now: number): Promise<void> {
    const here = wallNow();
    if (here - kept.askedAt < LEAST_BETWEEN_ASKING_MS) return;
    kept.askedAt = here;
    try {
      const { items } = await listPermits(bot, { limit: MOST_KEPT });
      kept.log = addRecent(logOf(items, now), kept.recent ?? {}, now);
      this.#tell();
    } catch {
      // It is asked again with one of the next changes, and the page says what ails the service.
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
