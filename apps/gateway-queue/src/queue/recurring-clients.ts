import type { Clock } from '@gateway-queue/identify-limiter';
import type { Client } from './client-of.ts';

/** So many permits within {@link WINDOW_MS} recur. A shard that is restarted by hand has fewer. */
const MIN_PERMITS = 3;

/** How long permits of a client are counted, in ms. A probe every 5 minutes has a dozen in this time. */
const WINDOW_MS = 3_600_000;

/** How many clients are remembered at most: those that asked last. */
const MAX_CLIENTS = 256;

interface Seen {
  readonly since: number;
  permits: number;
}

/** Tells clients that take one permit after the other from those that take one now and then. */
export class RecurringClients {
  /** By bot, address and agent; the client that was noted last is the last one. */
  readonly #seen = new Map<string, Seen>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /**
   * Notes a permit of a client.
   *
   * @returns how many it has had in this window, once in each window: when they begin to recur. Undefined otherwise
   */
  note(bot: string, { address, agent }: Client): number | undefined {
    const name = JSON.stringify([bot, address, agent]);
    const now = this.clock.now();
    const before = this.#seen.get(name);
    const seen =
      before !== undefined && now - before.since < WINDOW_MS ? before : { since: now, permits: 0 };
    seen.permits += 1;
    this.#remember(name, seen);
    return seen.permits === MIN_PERMITS ? seen.permits : undefined;
  }

  #remember(name: string, seen: Seen): void {
    this.#seen.delete(name);
    this.#seen.set(name, seen);
    if (this.#seen.size <= MAX_CLIENTS) return;
    const [oldest] = this.#seen.keys();
    if (oldest !== undefined) this.#seen.delete(oldest);
  }
}
