import { toProblem } from '../api/api-problem.ts';
import { listPermits } from '../api/permits.ts';
import type { RecentPermit } from '../api/schemas.ts';
import type { LiveStore } from '../live/live-store.ts';
import { wallNow } from '../time/clock.ts';
import { addRecent, isLoaded, logOf, MAX_KEPT, NO_PERMITS, type PermitLog } from './permit-log.ts';

/**
 * The shortest time between two requests for the permits of a bot, in ms: permits may come faster than the live state can
 * report them. The same time is the deadline of an answer.
 */
const MIN_BETWEEN_REQUESTS_MS = 10_000;

interface BotEntry {
  log: PermitLog;
  recent: Readonly<Record<string, RecentPermit>> | undefined;
  /** When the API was last asked, in ms by this machine's clock. */
  askedAt: number;
  /** The number of requests so far: only the answer to the newest one counts. */
  requests: number;
}

/**
 * The permits of all bots while the page is open. Most come with the live state. What is missing comes from the API, which is
 * asked only for the bots whose permits the page shows.
 */
export class PermitLogs {
  readonly #store: LiveStore;
  readonly #entries = new Map<string, BotEntry>();
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor(store: LiveStore) {
    this.#store = store;
  }

  /** Follows the live state. @returns the function that ends this */
  follow(): () => void {
    this.#update();
    return this.#store.subscribe(() => this.#update());
  }

  /** For useSyncExternalStore: calls back when a bot's log changes. From now on the page shows this bot's permits. */
  subscribe(bot: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(bot) ?? new Set();
    this.#listeners.set(bot, listeners.add(listener));
    // A frozen page takes no live state: without an answer of the API it would show no permits here.
    if (!isLoaded(this.of(bot))) this.#fill(bot);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(bot);
    };
  }

  of(bot: string): PermitLog {
    return this.#entries.get(bot)?.log ?? NO_PERMITS;
  }

  /** Asks the API now, however short ago it was asked. */
  retry(bot: string): void {
    const entry = this.#entries.get(bot);
    if (entry !== undefined) entry.askedAt = -Infinity;
    this.#fill(bot);
  }

  #update(): void {
    const { frozenAt, snapshot } = this.#store.get();
    if (snapshot === undefined || frozenAt !== undefined) return;
    for (const [bot, { recentPermits }] of Object.entries(snapshot.bots)) {
      const entry = this.#entryOf(bot);
      if (entry.recent !== recentPermits) {
        entry.recent = recentPermits;
        entry.log = addRecent(entry.log, recentPermits, snapshot.at);
        this.#notify(bot);
      }
      this.#fill(bot);
    }
  }

  #entryOf(bot: string): BotEntry {
    const entry = this.#entries.get(bot) ?? {
      log: NO_PERMITS,
      recent: undefined,
      askedAt: -Infinity,
      requests: 0,
    };
    this.#entries.set(bot, entry);
    return entry;
  }

  /** Asks the API for missing permits, if the page shows this bot's permits and is visible. */
  #fill(bot: string): void {
    const { snapshot } = this.#store.get();
    const isShown = this.#listeners.has(bot) && !document.hidden;
    if (!isShown || snapshot?.bots[bot] === undefined) return;
    const entry = this.#entryOf(bot);
    const { hasGap, problem } = entry.log;
    if (hasGap || problem !== undefined) void this.#ask(bot, entry, snapshot.at);
  }

  async #ask(bot: string, entry: BotEntry, now: number): Promise<void> {
    const askedAt = wallNow();
    if (askedAt - entry.askedAt < MIN_BETWEEN_REQUESTS_MS) return;
    entry.askedAt = askedAt;
    entry.requests += 1;
    const { requests } = entry;
    try {
      const query = { limit: MAX_KEPT };
      const { items } = await listPermits(bot, query, { timeoutMs: MIN_BETWEEN_REQUESTS_MS });
      if (entry.requests !== requests) return;
      entry.log = addRecent(logOf(items, now), entry.recent ?? {}, now);
    } catch (error) {
      if (entry.requests !== requests) return;
      entry.log = { ...entry.log, problem: toProblem(error) };
    }
    this.#notify(bot);
  }

  #notify(bot: string): void {
    for (const listener of this.#listeners.get(bot) ?? []) listener();
  }
}
