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
  /** How long the question is under way. */
  readonly delayMs?: number;
  /** Before the effect: the question was lost. After it: the answer was. */
  readonly fail?: 'before' | 'after';
  /** How long the answer, or the failure, is under way. */
  readonly replyDelayMs?: number;
}

/** A call as the queue made it. */
export interface Call {
  readonly operation: Operation;
  readonly at: number;
}

/** How a permit came about. */
export interface KnownPermit {
  /** The rank that it used up. */
  readonly rank: Rank;
  /** When it was decided; its answer may have come much later. */
  readonly at: number;
}

/** The store as it is on a bad day: passes everything on to a real limiter, apart from what a test breaks. */
export class FaultyLimiter implements IdentifyLimiter {
  readonly calls: Call[] = [];
  /** Each permit that came about here, by its id. */
  readonly permits = new Map<string, KnownPermit>();
  /** Every call fails, before the effect. */
  asleep = false;
  /** Every call for this bot fails, before the effect. */
  failingBot: string | undefined;
  /** Announcements are lost. */
  deaf = false;
  /** The replica was killed: no call has an effect or an answer any more, and none is announced anything. */
  killed = false;
  /** Decides about each call that has no fault of its own by {@link breakNext}. */
  faultFor: (operation: Operation) => Fault | undefined = () => undefined;
  /** Who has left, as the limiter was told of it. */
  readonly left: Leaver[] = [];
  readonly #entered: Entry[] = [];
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #next: { readonly operation: Operation; readonly fault: Fault }[] = [];

  constructor(
    private readonly inner: IdentifyLimiter,
    private readonly clock: Clock,
  ) {}

  /** What everybody holds who entered here becomes a place, as if the replica had been taken for dead. */
  leaveAll(): Promise<void> {
    return this.inner.leave(this.#entered.splice(0));
  }

  /** What everybody holds who entered here is not on record any more, and no place of it; that is noticed. */
  async loseEntries(): Promise<void> {
    const lost = this.#entered.splice(0);
    await this.inner.forget(lost);
    for (const bot of new Set(lost.map((entry) => entry.bot))) {
      for (const listener of this.#listeners) listener({ bot, entriesLost: true });
    }
  }

  /** Breaks the next call of this operation. Several of them break one call each, in the order given. */
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
