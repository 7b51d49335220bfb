import { toProblem } from '../api/api-problem.ts';
import { listPermits } from '../api/permits.ts';
import type { RecentPermit } from '../api/schemas.ts';
import type { LiveStore } from '../live/live-store.ts';
import { wallNow } from '../time/clock.ts';
import { addRecent, isLoaded, logOf, MAX_KEPT, NO_PERMITS, type PermitLog } from './permit-log.ts';

/** Not to ask again and again where permits come faster than they can be heard of, in ms. An answer may take as long. */
const MIN_BETWEEN_ASKING_MS = 10_000;

interface Kept {
  log: PermitLog;
  recent: Readonly<Record<string, RecentPermit>> | undefined;
  askedAt: number;
  /** How often the API was asked: only the newest answer counts. */
  asks: number;
}

/**
 * The permits of all bots, for as long as the page is open: from the live state, and what it does not tell from the API,
 * which is asked for those bots alone whose permits somebody looks at.
 */
export class PermitLogs {
  readonly #store: LiveStore;
  readonly #kept = new Map<string, Kept>();
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor(store: LiveStore) {
    this.#store = store;
  }

  /** Takes in what is new until it is told to end. @returns what ends it */
  follow(): () => void {
    this.#take();
    return this.#store.subscribe(() => this.#take());
  }

  /** For useSyncExternalStore: calls back when there is something new of a bot, which is shown from now on. */
  subscribe(bot: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(bot) ?? new Set();
    this.#listeners.set(bot, listeners.add(listener));
    // A page that was frozen on another view shows at least what there is.
    if (!isLoaded(this.of(bot))) this.#fill(bot);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(bot);
    };
  }

  of(bot: string): PermitLog {
    return this.#kept.get(bot)?.log ?? NO_PERMITS;
  }

  /** Asks the API now, though it was asked lately. */
  retry(bot: string): void {
    const kept = this.#kept.get(bot);
    if (kept !== undefined) kept.askedAt = -Infinity;
    this.#fill(bot);
  }

  #take(): void {
    const { frozenAt, snapshot } = this.#store.get();
    if (snapshot === undefined || frozenAt !== undefined) return;
    for (const [bot, { recentPermits }] of Object.entries(snapshot.bots)) {
      const kept = this.#keep(bot);
      if (kept.recent !== recentPermits) {
        kept.recent = recentPermits;
        kept.log = addRecent(kept.log, recentPermits, snapshot.at);
        this.#tell(bot);
      }
      this.#fill(bot);
    }
  }

  #keep(bot: string): Kept {
    const kept = this.#kept.get(bot) ?? {
      log: NO_PERMITS,
      recent: undefined,
      askedAt: -Infinity,
      asks: 0,
    };
    this.#kept.set(bot, kept);
    return kept;
  }

  /** Asks the API for what is missing, if somebody looks. */
  #fill(bot: string): void {
    const { snapshot } = this.#store.get();
    const isShown = this.#listeners.has(bot) && !document.hidden;
    if (!isShown || snapshot?.bots[bot] === undefined) return;
    const kept = this.#keep(bot);
    if (kept.log.hasGap || kept.log.problem !== undefined) void this.#ask(bot, kept, snapshot.at);
  }

  async #ask(bot: string, kept: Kept, now: number): Promise<void> {
    const here = wallNow();
    if (here - kept.askedAt < MIN_BETWEEN_ASKING_MS) return;
    kept.askedAt = here;
    kept.asks += 1;
    const { asks } = kept;
    try {
      const query = { limit: MAX_KEPT };
      const { items } = await listPermits(bot, query, { mostMs: MIN_BETWEEN_ASKING_MS });
      if (kept.asks !== asks) return;
      kept.log = addRecent(logOf(items, now), kept.recent ?? {}, now);
    } catch (error) {
      if (kept.asks !== asks) return;
      kept.log = { ...kept.log, problem: toProblem(error) };
    }
    this.#tell(bot);
  }

  #tell(bot: string): void {
    for (const listener of this.#listeners.get(bot) ?? []) listener();
  }
}
