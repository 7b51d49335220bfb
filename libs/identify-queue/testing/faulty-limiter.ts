import type {
  Attempt,
  Change,
  Clock,
  Denial,
  Entry,
  IdentifyLimiter,
  Leaver,
  Permit,
  Rank,
} from '@gateway-queue/identify-limiter';

/** The operations of the port that can fail. */
export type Operation =
  | 'enter'
  | 'leave'
  | 'forget'
  | 'tryAcquire'
  | 'withdrawHead'
  | 'confirm'
  | 'release';

/** What goes wrong with one call. Delays are in ms. */
export interface Fault {
  /** How long the question takes to reach the limiter. */
  readonly delayMs?: number;
  /** `before` the effect, as when the question is lost, or `after` it, as when the answer is. */
  readonly fail?: 'before' | 'after';
  /** How long the answer, or the failure, takes to come back. */
  readonly replyDelayMs?: number;
}

/** A call as the queue made it. */
export interface Call {
  readonly operation: Operation;
  readonly at: number;
}

/** How the limiter gave a permit. */
export interface KnownPermit {
  /** The rank that it used up. */
  readonly rank: Rank;
  /** When the limiter gave it; the answer may have come much later. */
  readonly at: number;
}

/** Passes all calls on to a real limiter, except for the faults that a test injects. */
export class FaultyLimiter implements IdentifyLimiter {
  readonly calls: Call[] = [];
  /** Each permit that was given through this limiter, by its id. */
  readonly permits = new Map<string, KnownPermit>();
  /** Every call fails, before the effect. */
  asleep = false;
  /** Every call for this bot fails, before the effect. */
  failingBot: string | undefined;
  /** Announcements are lost. */
  deaf = false;
  /** The replica was killed: its calls have no effect and no answer any more, and it hears of no change. */
  killed = false;
  /** Gives a fault to each call that has none from {@link breakNext}. */
  faultFor: (operation: Operation) => Fault | undefined = () => undefined;
  /** The waiters that have left, as the limiter was told of them. */
  readonly left: Leaver[] = [];
  readonly #entered: Entry[] = [];
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #next: { readonly operation: Operation; readonly fault: Fault }[] = [];

  constructor(
    private readonly inner: IdentifyLimiter,
    private readonly clock: Clock,
  ) {}

  /** Turns the ranks of all entries into places, as when the replica is taken for dead. */
  leaveAll(): Promise<void> {
    return this.inner.leave(this.#entered.splice(0));
  }

  /** Drops the ranks of all entries, keeps no places, and announces that the entries are lost. */
  async loseEntries(): Promise<void> {
    const lost = this.#entered.splice(0);
    await this.inner.forget(lost);
    for (const bot of new Set(lost.map((entry) => entry.bot))) {
      for (const listener of this.#listeners) listener({ bot, entriesLost: true });
    }
  }

  /** Gives a fault to the next call of this operation. Several faults go to one call each, in the order given. */
  breakNext(operation: Operation, fault: Fault): void {
    this.#next.push({ operation, fault });
  }

  enter(entries: readonly Entry[]): Promise<Rank[]> {
    this.#entered.push(...entries);
    return this.#call('enter', entries[0]?.bot, () => this.inner.enter(entries));
  }

  leave(entries: readonly Leaver[]): Promise<void> {
    this.left.push(...entries);
    return this.#call('leave', entries[0]?.bot, () => this.inner.leave(entries));
  }

  forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void> {
    return this.#call('forget', entries[0]?.bot, () => this.inner.forget(entries));
  }

  tryAcquire(attempt: Attempt): Promise<Permit | Denial> {
    return this.#call('tryAcquire', attempt.bot, async () => {
      const answer = await this.inner.tryAcquire(attempt);
      if (answer.granted && !this.permits.has(answer.id)) {
        this.permits.set(answer.id, { rank: attempt.rank, at: this.clock.now() });
      }
      return answer;
    });
  }

  withdrawHead(bot: string, bucket: number): Promise<void> {
    return this.#call('withdrawHead', bot, () => this.inner.withdrawHead(bot, bucket));
  }

  confirm(bot: string, permitId: string): Promise<boolean> {
    return this.#call('confirm', bot, () => this.inner.confirm(bot, permitId));
  }

  release(bot: string, permitId: string): Promise<boolean> {
    return this.#call('release', bot, () => this.inner.release(bot, permitId));
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return this.inner.onChange((change) => {
      if (!this.deaf && !this.killed) listener(change);
    });
  }

  async #call<T>(
    operation: Operation,
    bot: string | undefined,
    effect: () => Promise<T>,
  ): Promise<T> {
    this.calls.push({ operation, at: this.clock.now() });
    const { delayMs, fail, replyDelayMs } =
      bot !== undefined && bot === this.failingBot
        ? ({ fail: 'before' } satisfies Fault)
        : this.#fault(operation);
    await this.#delay(delayMs);
    if (this.killed) return new Promise(() => undefined);
    if (fail === 'before') {
      await this.#delay(replyDelayMs);
      throw new Error(`${operation}: the store is away`);
    }
    const result = await effect();
    await this.#delay(replyDelayMs);
    if (this.killed) return new Promise(() => undefined);
    if (fail === 'after') throw new Error(`${operation}: the answer was lost`);
    return result;
  }

  #fault(operation: Operation): Fault {
    if (this.asleep) return { fail: 'before' };
    const index = this.#next.findIndex((next) => next.operation === operation);
    const [next] = index === -1 ? [] : this.#next.splice(index, 1);
    return next?.fault ?? this.faultFor(operation) ?? {};
  }

  async #delay(ms: number | undefined): Promise<void> {
    if (ms === undefined) return;
    await new Promise<void>((resolve) => {
      this.clock.setTimer(ms, resolve);
    });
  }
}
