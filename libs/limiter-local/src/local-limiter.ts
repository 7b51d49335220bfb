import {
  type Attempt,
  type Change,
  type Denial,
  denialFor,
  type Entry,
  type IdentifyLimiter,
  type LimiterControl,
  type Limits,
  type LimitsReport,
  type Pause,
  type PauseOrder,
  type PauseScope,
  type Permit,
  type Rank,
  refund,
  spend,
} from '@gateway-queue/identify-limiter';
import { type BotState, toLimits } from './bots.ts';
import type { LocalState } from './local-state.ts';
import { NONE } from './schema.ts';

/** The embedded limiter: one replica's view of a {@link LocalState}. */
export class LocalLimiter implements IdentifyLimiter, LimiterControl {
  constructor(
    private readonly state: LocalState,
    private readonly replica = 'local',
  ) {}

  async enter(entries: readonly Entry[]): Promise<Rank[]> {
    const { ranks } = this.state;
    return this.state.write((now) => {
      ranks.dropExpired(now);
      return entries.map((entry) => ranks.enter(entry, now));
    });
  }

  async leave(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void> {
    this.state.write((now) => {
      for (const entry of entries) this.state.ranks.leave(entry, now);
    });
  }

  async forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void> {
    this.state.write(() => {
      for (const entry of entries) this.state.ranks.forget(entry);
    });
  }

  async tryAcquire(attempt: Attempt): Promise<Permit | Denial> {
    const { bots, clock, heads, permits, ranks } = this.state;
    const before = permits.find(attempt.operation);
    if (before !== undefined) return before.permit;

    const now = clock.now();
    const bot = bots.find(attempt.bot, now);
    if (bot === undefined) return { granted: false, reason: 'limits-unknown', retryInMs: null };
    if (bot.version !== attempt.limitsVersion) {
      const limits = toLimits(bot, now);
      return { granted: false, reason: 'limits-changed', retryInMs: 0, limits };
    }
    const { entry, bot: name, bucket, rank } = attempt;
    if (ranks.isWithheldFrom(entry, rank)) {
      return { granted: false, reason: 'rank-not-held', retryInMs: null };
    }
    if (heads.set(name, bucket, this.replica, rank)) this.state.announce({ bot: name, bucket });
    return this.#denial(attempt, bot, now) ?? this.#grant(attempt, bot, now);
  }

  async withdrawHead(bot: string, bucket: number): Promise<void> {
    if (this.state.heads.withdraw(bot, bucket, this.replica)) this.state.announce({ bot, bucket });
  }

  async giveBack(bot: string, permitId: string): Promise<void> {
    const { bots, permits, ranks } = this.state;
    const stored = permits.find(permitId);
    if (stored === undefined || stored.givenBack || stored.permit.bot !== bot) return;
    const { permit, givenAt, rank } = stored;
    this.state.write((now) => {
      permits.giveBack(permit);
      const state = bots.find(bot, now);
      if (state !== undefined) bots.saveBudget(bot, refund(state.budget, givenAt));
      ranks.restore(bot, permit.shard ?? NONE, rank, now);
    });
    this.state.announce({ bot, bucket: null });
  }

  onChange(listener: (change: Change) => void): () => void {
    return this.state.onChange(listener);
  }

  async limits(bot: string): Promise<Limits | undefined> {
    const now = this.state.clock.now();
    const state = this.state.bots.find(bot, now);
    return state && toLimits(state, now);
  }

  async setLimits(bot: string, report: LimitsReport): Promise<Limits> {
    const { bots, heads } = this.state;
    const limits = this.state.write((now) => {
      const version = bots.find(bot, now)?.version;
      const after = bots.report(bot, report, now);
      if (after.version !== version) heads.forget(bot);
      return toLimits(after, now);
    });
    this.state.announce({ bot, bucket: null });
    return limits;
  }

  async pause(order: PauseOrder): Promise<void> {
    this.state.writeDurably((now) => this.state.pauses.put(order, now));
    this.state.announce({ bot: order.bot, bucket: order.bucket });
  }

  async resume(scope: PauseScope): Promise<boolean> {
    const lifted = this.state.writeDurably((now) => this.state.pauses.lift(scope, now));
    if (lifted) this.state.announce({ bot: scope.bot, bucket: scope.bucket });
    return lifted;
  }

  async pauses(bot: string): Promise<Pause[]> {
    return this.state.pauses.ofBot(bot, this.state.clock.now());
  }

  /** Writes, because that is what fails when the disk is full or gone. */
  async check(): Promise<void> {
    this.state.write(() => undefined);
  }

  #denial({ bot, bucket, rank }: Attempt, state: BotState, now: number): Denial | null {
    const { heads, pauses } = this.state;
    return denialFor(
      {
        pausedUntil: pauses.coveringUntil(bot, bucket, now),
        budget: state.budget,
        opensAt: this.#opensAt(bot, bucket, state),
        otherHeads: heads.others(bot, bucket, this.replica),
      },
      rank,
      now,
    );
  }

  #opensAt(bot: string, bucket: number, state: BotState): number {
    const { intervalMs, knownSince, permits } = this.state;
    const lastPermits = [knownSince, state.lastPermitAt, permits.lastPermitAt(bot, bucket)];
    return Math.max(...lastPermits.map((at) => at ?? -Infinity)) + intervalMs;
  }

  #grant(attempt: Attempt, state: BotState, now: number): Permit {
    const { bots, heads, permits, ranks } = this.state;
    const { bot, bucket, entry } = attempt;
    const permit = this.state.write(() => {
      bots.saveBudget(bot, spend(state.budget, now));
      ranks.forget({ id: entry, bot });
      return permits.add(attempt, now);
    });
    if (heads.withdraw(bot, bucket, this.replica)) this.state.announce({ bot, bucket });
    return permit;
  }
}
