import type { Clock } from '../store/store.tokens.ts';
import { networkOf } from './client-address.ts';

/** How many failures within {@link WINDOW_MS} lock a network out, until the oldest failure is older than that. */
const MAX_FAILURES = 10;
const WINDOW_MS = 60_000;

/** How many networks are remembered. Past it the network that failed longest ago is forgotten. */
const MAX_NETWORKS = 10_000;

interface Failures {
  /** When the last failures were, in order; at most {@link MAX_FAILURES}. */
  readonly times: number[];
  /** When {@link FailedAttempts.isToReport} was last true. */
  reportedAt: number;
}

/** Counts wrong tokens by network, over a sliding window. Right tokens are not counted. */
export class FailedAttempts {
  /** In the order of their last failures. */
  readonly #networks = new Map<string, Failures>();

  constructor(private readonly clock: Clock) {}

  /** For how many ms this address is locked out; 0 when it is not. */
  lockedForMs(address: string): number {
    const times = this.#networks.get(networkOf(address))?.times;
    const [oldest] = times ?? [];
    if (times === undefined || oldest === undefined || times.length < MAX_FAILURES) return 0;
    return Math.max(oldest + WINDOW_MS - this.clock.now(), 0);
  }

  /** Counts a failed attempt. To be called at once when it has failed. */
  count(address: string): void {
    const network = networkOf(address);
    const failures = this.#networks.get(network) ?? { times: [], reportedAt: -Infinity };
    failures.times.push(this.clock.now());
    if (failures.times.length > MAX_FAILURES) failures.times.shift();
    // Moves the network to the end of the map.
    this.#networks.delete(network);
    this.#networks.set(network, failures);
    this.#forget();
  }

  /** Whether a counted failure is to be reported: once in a window for each network. True counts as reported. */
  isToReport(address: string): boolean {
    const failures = this.#networks.get(networkOf(address));
    if (failures === undefined || this.clock.now() - failures.reportedAt < WINDOW_MS) return false;
    failures.reportedAt = this.clock.now();
    return true;
  }

  /** How many networks are remembered. */
  get size(): number {
    return this.#networks.size;
  }

  #forget(): void {
    const longAgo = this.clock.now() - WINDOW_MS;
    for (const [network, { times }] of this.#networks) {
      const isOver = (times.at(-1) ?? -Infinity) <= longAgo;
      if (!isOver && this.#networks.size <= MAX_NETWORKS) return;
      this.#networks.delete(network);
    }
  }
}
