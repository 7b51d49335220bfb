import type {
  CancelTimer,
  Clock,
  Denial,
  IdentifyLimiter,
  Limits,
  Permit,
  Rank,
} from '@gateway-queue/identify-limiter';
import { Line } from './line.ts';
import { type Retrier, unlessStopped } from './retrier.ts';
import type { RankedWaiter } from './waiter.ts';

/**
 * The limiter is asked again this often in ms while somebody waits, whatever it last said: an announcement
 * of a change can be lost, and must not cost more than a second.
 */
const RECHECK_MS = 1000;

/** What all lanes of a bot have in common. */
export interface LaneContext {
  readonly bot: string;
  readonly limitsVersion: number;
  readonly limiter: IdentifyLimiter;
  readonly clock: Clock;
  readonly retrier: Retrier;
  /** A permit came for this waiter, which may have left since. */
  readonly onPermit: (waiter: RankedWaiter, permit: Permit) => void;
  /** The lanes stand on outdated limits. */
  readonly onLimits: (limits: Limits) => void;
}

/**
 * A bucket's line, and the loop that asks the limiter for its head: at once when the head changes or
 * something is announced, and by a timer when the limiter said when.
 */
export class Lane {
  readonly line = new Line<RankedWaiter>();
  #asking = false;
  #askAgain = false;
  #retired = false;
  #served: Promise<void> | undefined;
  /** Whether the limiter may hold one of ours as this bucket's head. */
  #hasHead = false;
  #cancelTimer: CancelTimer | undefined;

  constructor(
    readonly bucket: number,
    private readonly context: LaneContext,
  ) {}

  add(waiter: RankedWaiter): void {
    this.line.add(waiter);
    if (this.line.first === waiter) this.wake();
  }

  remove(waiter: RankedWaiter): void {
    const wasFirst = this.line.first === waiter;
    this.line.remove(waiter);
    if (wasFirst) this.wake();
  }

  /** Gives a waiter of the line another rank. */
  move(waiter: RankedWaiter, rank: Rank): void {
    const firstBefore = this.line.first;
    this.line.remove(waiter);
    waiter.rank = rank;
    this.line.add(waiter);
    if (this.line.first === waiter || firstBefore === waiter) this.wake();
  }

  /** Asks for the head now. While the limiter is being asked, it is asked once more afterwards. */
  wake(): void {
    this.#askAgain = true;
    if (this.#asking || this.#retired) return;
    this.#asking = true;
    this.#served = this.#serve().catch(unlessStopped);
  }

  /**
   * Ends the lane, whose limits are outdated; the limiter has forgotten its head with them. What it is asking
   * now it still sees through, so that no permit is lost.
   */
  retire(): void {
    this.#retired = true;
    this.#cancelTimer?.();
  }

  /** Ends the lane for good, so that nobody waits behind its head; resolves when that is done. */
  async close(): Promise<void> {
    this.retire();
    await this.#served;
    await this.#withdraw().catch(unlessStopped);
  }

  async #serve(): Promise<void> {
    this.#cancelTimer?.();
    let nextAskMs: number | null = null;
    while (this.#askAgain && !this.#retired) {
      this.#askAgain = false;
      const head = this.line.first;
      nextAskMs = head === undefined ? await this.#withdraw() : await this.#ask(head);
    }
    this.#asking = false;
    if (nextAskMs === null || this.#retired) return;
    this.#cancelTimer = this.context.clock.setTimer(nextAskMs, () => this.wake());
  }

  /** Returns in how many ms to ask again; null when a change will say. */
  async #ask(head: RankedWaiter): Promise<number | null> {
    const { bot, limitsVersion, limiter, onLimits, onPermit, retrier } = this.context;
    // After a failure the same operation is repeated, also when the waiter has left meanwhile: it may
    // have been granted, and then it has to be given back.
    const attempt = {
      operation: crypto.randomUUID(),
      entry: head.entry.id,
      bot,
      bucket: this.bucket,
      shard: head.entry.shard,
      rank: head.rank,
      limitsVersion,
    };
    this.#hasHead = true;
    const answer = await retrier.untilDone(() => limiter.tryAcquire(attempt));
    if (answer.granted) {
      this.#askAgain = true;
      this.#hasHead = false;
      onPermit(head, answer);
      return null;
    }
    if (answer.limits !== undefined) {
      onLimits(answer.limits);
      return null;
    }
    return waitAfter(answer);
  }

  async #withdraw(): Promise<null> {
    if (!this.#hasHead) return null;
    this.#hasHead = false;
    const { bot, limiter, retrier } = this.context;
    await retrier.untilDone(() => limiter.withdrawHead(bot, this.bucket));
    return null;
  }
}

function waitAfter({ retryInMs }: Denial): number {
  return Math.min(retryInMs ?? RECHECK_MS, RECHECK_MS);
}
