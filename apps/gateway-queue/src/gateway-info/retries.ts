import { type Clock, Epoch } from '@gateway-queue/identify-limiter';
import { Timer } from '../time/timer.ts';
import { backoffMs } from './backoff.ts';
import type { Failure } from './failure.ts';

/** Why the last refresh of one bot failed, and when the next try is due. */
export class Retries {
  readonly #epoch: Epoch;
  readonly #timer: Timer;
  readonly #random: () => number;
  #failure: Failure | undefined;
  /** How many failures of this kind there were in a row. */
  #count = 0;

  /**
   * @param random from 0 to 1
   * @param retry called when a try is due
   */
  constructor(clock: Clock, random: () => number, retry: () => void) {
    this.#epoch = new Epoch(clock);
    this.#timer = new Timer(clock, retry);
    this.#random = random;
  }

  /** Why the last try failed, in a sentence without any token; null when it did not. */
  get lastError(): string | null {
    return this.#failure?.sentence ?? null;
  }

  /** When the next try comes, in ms since the Unix epoch; null when none is due. */
  get nextTryAt(): number | null {
    const { firesAt } = this.#timer;
    return firesAt === null ? null : this.#epoch.momentOf(firesAt);
  }

  /** Whether Discord has said that it must not be asked yet. */
  get isRateLimited(): boolean {
    return this.#failure?.kind === 'rate-limited' && this.#timer.firesAt !== null;
  }

  /** Whether Discord will answer the same until the token is another one. */
  get isRejected(): boolean {
    return this.#failure?.kind === 'rejected';
  }

  /** Notes that a try begins: no other one is due. */
  begin(): void {
    this.#timer.clear();
  }

  succeeded(): void {
    this.#failure = undefined;
  }

  /** @returns in how many ms the next try is due */
  failed(failure: Failure): number {
    this.#count = failure.kind === this.#failure?.kind ? this.#count + 1 : 1;
    this.#failure = failure;
    const delayMs = backoffMs(failure, this.#count, this.#random());
    this.#timer.set(delayMs);
    return delayMs;
  }

  /** Makes a try possible at once, when what failed may have passed: the limiter may be reachable again. */
  skipWait(): void {
    if (this.#failure?.kind === 'passing') this.#timer.clear();
  }

  /** Forgets the failure, except that Discord must not be asked yet. */
  forget(): void {
    if (this.isRateLimited) return;
    this.#timer.clear();
    this.#failure = undefined;
  }

  /** Clears the timer for good. */
  stop(): void {
    this.#timer.clear();
  }
}
