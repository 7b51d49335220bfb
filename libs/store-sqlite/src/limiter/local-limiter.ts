import {
  type Attempt,
  throttledUntil,
  type BotView,
  type Change,
  countConfirmed,
  countOfPermits,
  type Denial,
  denialFor,
  type Entry,
  type IdentifyLimiter,
  type Leaver,
  type LimiterControl,
  type LimiterView,
  type Limits,
  type LimitsReport,
  NO_PERMITS,
  opensAt,
  type Pause,
  type PauseOrder,
  type PauseScope,
  type Permit,
  type PermitsWanted,
  type Rank,
  type ReplicasView,
  refund,
  spend,
  type WaitersView,
  startsOf,
} from '@gateway-queue/identify-limiter';
import { type BotState, toLimits, toLimitsView } from './bots.ts';
import type { LocalState } from './local-state.ts';
import { NONE } from './schema.ts';

/** The embedded limiter: one replica's view of a {@link LocalState}. */
export class LocalLimiter implements IdentifyLimiter, LimiterControl, LimiterView {
  constructor(
    private readonly state: LocalState,
    private readonly replica = 'local',
  ) {}

  async enter(entries: readonly Entry[]): Promise<Rank[]> {
    const { ranks } = this.state;
    return this.state.write((now) => {
      ranks.dropExpired(now);
      return entries.map((entry) => ranks.enter(entry, this.replica, now));
    });
  }

  async leave(entries: readonly Leaver[]): Promise<void> {
    const { ranks } = this.state;
    const left = this.state.write((now) => entries.map((entry) => ranks.leave(entry, now)));
    for (const place of left) if (place !== undefined) this.state.announce(place);
  }

  async forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void> {
    this.state.write(() => {
      for (const entry of entries) this.state.ranks.forget(entry);
    });
  }

  async tryAcquire(attempt: Attempt): Promise<Permit | Denial> {
    const { bots, clock, heads, permits, ranks, rules } = this.state;
    const now = clock.now();
    const before = permits.find(attempt.operation, now);
    if (before !== undefined) return before.permit;

    const bot = bots.find(attempt.bot, now);
    if (bot === undefined) return { granted: false, reason: 'limits-unknown', retryInMs: null };
    const starts = startsOf(bot.budget, rules.reserveOf(attempt.bot), now);
    if (bot.version !== attempt.limitsVersion) {
      const limits = toLimits(bot, now);
      return { granted: false, reason: 'limits-changed', retryInMs: 0, limits, starts };
    }
    const { entry, bot: name, bucket, rank } = attempt;
    if (ranks.isWithheldFrom(entry, rank)) {
      return { granted: false, reason: 'rank-not-held', retryInMs: null, starts };
    }
    const denial = this.#denial(attempt, bot, now);
    if (denial?.reason === 'crash-loop') {
      // Others may pass a throttled shard, so nobody is to wait behind it.
      this.#withdraw(name, bucket);
      return { ...denial, starts };
    }
    if (heads.set(name, bucket, this.replica, rank)) this.state.announce({ bot: name, bucket });
    return denial === null ? this.#grant(attempt, bot, now) : { ...denial, starts };
  }

  async withdrawHead(bot: string, bucket: number): Promise<void> {
    this.#withdraw(bot, bucket);
  }

  async confirm(bot: string, permitId: string): Promise<boolean> {
    const { bots, clock, permits, rules } = this.state;
    const now = clock.now();
    const stored = permits.findToSettle(bot, permitId, now);
    if (stored === undefined || stored.released) return false;
    if (stored.confirmed) return true;
    const { permit } = stored;
    const closing = permits.closingOf(bot, permit.bucket);
    // Too late: another one may have identified in between, and nothing is to be learned of that.
    if (!permits.isLast(permit) || closing === undefined || opensAt(closing, rules) <= now) {
      return false;
    }
    this.state.write(() => {
      // A refill counts permits as they stand, so the budget is looked at before this one changes.
      const state = bots.find(bot, now);
      permits.confirm(permit, now);
      if (state !== undefined) {
        bots.saveBudget(bot, countConfirmed(state.budget, stored.usedBy, now));
      }
    });
    this.state.announce({ bot, bucket: permit.bucket });
    return true;
  }

  async release(bot: string, permitId: string): Promise<boolean> {
    const { bots, clock, permits, ranks } = this.state;
    const stored = permits.findToSettle(bot, permitId, clock.now());
    if (stored === undefined || stored.confirmed) return false;
    if (stored.released) return true;
    const { permit, usedBy, rank } = stored;
    const place = this.state.write((now) => {
      // A refill leaves out what was released, so the budget is looked at before this one is.
      const state = bots.find(bot, now);
      permits.release(permit);
      if (state !== undefined) bots.saveBudget(bot, refund(state.budget, usedBy));
      return ranks.restore(bot, permit.shard ?? NONE, rank, now);
    });
    if (place !== undefined) this.state.announce(place);
    this.state.announce({ bot, bucket: null });
    return true;
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

  /** All that share the state are in one process. */
  async leads(): Promise<boolean> {
    return true;
  }

  async pause(order: PauseOrder): Promise<Pause> {
    const { epoch, pauses } = this.state;
    const pause = this.state.writeDurably((now) => pauses.put(order, now, epoch.offset));
    this.state.announce({ bot: order.bot, bucket: order.bucket });
    return pause;
  }

  async resume(scope: PauseScope): Promise<boolean> {
    const lifted = this.state.writeDurably((now) => this.state.pauses.lift(scope, now));
    if (lifted) this.state.announce({ bot: scope.bot, bucket: scope.bucket });
    return lifted;
  }

  async wantRefresh(bot: string): Promise<void> {
    this.state.announce({ bot, refresh: true });
  }

  async evict(bot: string, entry: string): Promise<boolean> {
    const waits = this.state.ranks.holds(entry, bot);
    if (waits) this.state.announce({ bot, evicted: entry });
    return waits;
  }

  /** Writes, because that is what fails when the disk is full or gone. */
  async check(): Promise<void> {
    this.state.write(() => undefined);
  }

  #denial({ bot, bucket, rank, shard }: Attempt, state: BotState, now: number): Denial | null {
    const { heads, pauses, rules } = this.state;
    return denialFor(
      {
        pausedUntil: pauses.coveringUntil(bot, bucket, now),
        budget: state.budget,
        reserve: rules.reserveOf(bot),
        throttledUntil: this.#throttledUntil(bot, shard, state, now),
        opensAt: this.#opensAt(bot, bucket, state),
        otherHeads: heads.others(bot, bucket, this.replica),
      },
      rank,
      now,
    );
  }

  #throttledUntil(
    bot: string,
    shard: number | null,
    { budget }: BotState,
    now: number,
  ): number | undefined {
    // A request that names no shard may be any of them.
    if (shard === null) return undefined;
    return throttledUntil(
      this.state.rules.crashLoop,
      budget,
      this.state.permits.latestOf(bot, shard),
      now,
    );
  }

  async view(bot: string, wanted: PermitsWanted = NO_PERMITS): Promise<BotView> {
    const { bots, clock, epoch, pauses, permits } = this.state;
    const now = clock.now();
    const { offset } = epoch;
    const state = bots.find(bot, now);
    const maxConcurrency = state?.maxConcurrency ?? 0;
    const count = countOfPermits(wanted, maxConcurrency);
    return {
      now: now + offset,
      limits: state && toLimitsView(state, offset),
      opensAt: Array.from({ length: maxConcurrency }, (_, bucket) =>
        state === undefined ? 0 : this.#opensAt(bot, bucket, state) + offset,
      ),
      pauses: pauses.ofBot(bot, now, offset),
      permits: permits.latest(bot, count, now, offset),
    };
  }

  async waiters(bot: string): Promise<WaitersView> {
    const { clock, epoch, ranks } = this.state;
    const { offset } = epoch;
    return { now: clock.now() + offset, waiters: ranks.heldOf(bot, offset) };
  }

  /** All replicas that share the state are in this process: they live. */
  async replicas(): Promise<ReplicasView> {
    const now = this.momentOf(this.state.clock.now());
    return { now, replicas: [{ replica: this.replica, heardAt: now }] };
  }

  momentOf(joinedAt: number): number {
    return this.state.epoch.momentOf(joinedAt);
  }

  #opensAt(bot: string, bucket: number, state: BotState): number {
    const { knownSince, permits, rules } = this.state;
    const closings = [
      { from: knownSince, kind: 'unconfirmed' as const },
      state.closing,
      permits.closingOf(bot, bucket),
    ];
    return Math.max(
      ...closings.map((closing) => (closing === undefined ? -Infinity : opensAt(closing, rules))),
    );
  }

  #withdraw(bot: string, bucket: number): void {
    if (this.state.heads.withdraw(bot, bucket, this.replica)) this.state.announce({ bot, bucket });
  }

  #grant(attempt: Attempt, state: BotState, now: number): Permit {
    const { bots, permits, ranks, rules } = this.state;
    const { bot, bucket, entry } = attempt;
    const confirmWithinMs = attempt.confirm ? rules.confirmTimeoutMs : null;
    const permit = this.state.write(() => {
      bots.saveBudget(bot, spend(state.budget, now + (confirmWithinMs ?? 0)));
      ranks.forget({ id: entry, bot });
      return permits.add(attempt, now, confirmWithinMs);
    });
    this.#withdraw(bot, bucket);
    return permit;
  }
}
