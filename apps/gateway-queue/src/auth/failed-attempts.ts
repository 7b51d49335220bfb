import type { Clock } from '../store/store.tokens.ts';
import { networkOf } from './client-address.ts';

/** So many failures in so many ms lock a network out, until the oldest of them is over. */
const MAX_FAILURES = 10;
const WINDOW_MS = 60_000;

/** Networks that are remembered at a time. Past it those are forgotten that failed longest ago. */
const MAX_NETWORKS = 10_000;

interface Failures {
  /** When the last ones were, in their order; never more than {@link MAX_FAILURES}. */
  readonly times: number[];
  /** When one of them was last said to be {@link FailedAttempts.isNews news}. */
  toldAt: number;
}

/** Counts who tried a wrong token, by network, over a sliding window. Those who are right are not counted. */
export class FailedAttempts {
  /** Those that failed longest ago first. */
  readonly #networks = new Map<string, Failures>();

  constructor(private readonly clock: Clock) {}

  /** For how many ms this address may not try again; 0 when it may. */
  lockedForMs(address: string): number {
    const times = this.#networks.get(networkOf(address))?.times;
    const [oldest] = times ?? [];
    if (times === undefined || oldest === undefined || times.length < MAX_FAILURES) return 0;
    return Math.max(oldest + WINDOW_MS - this.clock.now(), 0);
  }

  /** To be called at once when an attempt has failed. */
  count(address: string): void {
    const network = networkOf(address);
    const failures = this.#networks.get(network) ?? { times: [], toldAt: -Infinity };
    failures.times.push(this.clock.now());
    if (failures.times.length > MAX_FAILURES) failures.times.shift();
    // To the end, where the latest are.
    this.#networks.delete(network);
    this.#networks.set(network, failures);
    this.#forget();
  }

  /** Whether it is time to tell of a failure that was counted: once in a window for each network. */
  isNews(address: string): boolean {
    const failures = this.#networks.get(networkOf(address));
    if (failures === undefined || this.clock.now() - failures.toldAt < WINDOW_MS) return false;
    failures.toldAt = this.clock.now();
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
