import {
  type Attempt,
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
  type Pause,
  type PauseOrder,
  type PauseScope,
  type Permit,
  type PermitsWanted,
  type Rank,
  refund,
  type ReplicasView,
  spend,
  startsOf,
  type WaitersView,
} from '@gateway-queue/identify-limiter';
import type { BotData, ReportedLimits } from './data.ts';
import { otherHeads, setHead, withdrawHead } from './heads.ts';
import { limitsAt, takeReport, toLimits, toLimitsView } from './limits.ts';
import { pausedUntil, pausesAt } from './pauses.ts';
import {
  asNow,
  bucketOpensAt,
  findToSettle,
  keepsClosed,
  latest,
  record,
  shardThrottledUntil,
  takeBack,
  takeConfirm,
} from './permits.ts';
import {
  dropExpired,
  enter,
  isTaken,
  isWithheldFrom,
  keepPlace,
  leave,
  waitersOf,
} from './ranks.ts';
import type { SharedStore } from './shared-store.ts';

/** One replica's limiter, right beside the {@link SharedStore}: what becomes of its calls on their way is the network's. */
export class StoreLimiter implements IdentifyLimiter, LimiterControl, LimiterView {
  constructor(
    private readonly store: SharedStore,
    readonly replica: string,
  ) {}

  async enter(entries: readonly Entry[]): Promise<Rank[]> {
    const { now, options } = this.store;
    return entries.map((entry) => {
      const bot = this.#bot(entry.bot);
      dropExpired(bot, now - options.placeTtlMs);
      return enter(bot, entry, this.replica, now);
    });
  }

  async leave(entries: readonly Leaver[]): Promise<void> {
    const { now, options } = this.store;
    for (const entry of entries) {
      const bot = this.#bot(entry.bot);
      this.store.isAnotherServer(bot);
      this.store.announce(leave(bot, entry, now, options.maxPlaces));
    }
  }

  async forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void> {
    for (const { bot, id } of entries) this.#bot(bot).entries.delete(id);
  }

  async tryAcquire(attempt: Attempt): Promise<Permit | Denial> {
    const { now, options } = this.store;
    const { bot: name, bucket, entry, operation, rank } = attempt;
    const bot = this.#bot(name);
    const before = bot.permits.get(operation);
    if (before !== undefined) return asNow(before, now);

    const limits = limitsAt(bot, now);
    if (limits === undefined) {
      if (setHead(bot, bucket, this.replica, rank)) this.store.announce({ bot: name, bucket });
      return { granted: false, reason: 'limits-unknown', retryInMs: null };
    }
    const starts = (): { starts: Denial['starts'] & object } => ({
      starts: startsOf(limits.budget, options.rules.reserveOf(name), now),
    });
    if (limits.version !== attempt.limitsVersion) {
      const today = toLimits(limits, now);
      return { granted: false, reason: 'limits-changed', retryInMs: 0, limits: today, ...starts() };
    }
    if (isWithheldFrom(bot, entry, rank)) {
      return { granted: false, reason: 'rank-not-held', retryInMs: null, ...starts() };
    }
    let denial = this.#denial(bot, limits, attempt);
    if (denial === null && this.store.isAnotherServer(bot)) {
      denial = this.#denial(bot, limits, attempt);
    }
    if (denial?.reason === 'crash-loop') {
      // Others may pass a throttled shard, so nobody is to wait behind it.
      this.#withdraw(bot, name, bucket);
      return { ...denial, ...starts() };
    }
    if (setHead(bot, bucket, this.replica, rank)) this.store.announce({ bot: name, bucket });
    return denial === null ? this.#grant(bot, limits, attempt) : { ...denial, ...starts() };
  }

  async withdrawHead(bot: string, bucket: number): Promise<void> {
    this.#withdraw(this.#bot(bot), bot, bucket);
  }

  async confirm(name: string, permitId: string): Promise<boolean> {
    const { now, options } = this.store;
    const bot = this.#bot(name);
    const stored = findToSettle(bot, permitId, now);
    if (stored === undefined || stored.released) return false;
    if (stored.confirmed) return true;
    if (!keepsClosed(bot, stored, options.rules, now)) return false;
    // A refill counts permits as they stand, so the budget is looked at before this one changes.
    const limits = limitsAt(bot, now);
    if (limits !== undefined) limits.budget = countConfirmed(limits.budget, stored.usedBy, now);
    takeConfirm(bot, stored, now);
    this.store.announce({ bot: name, bucket: stored.permit.bucket });
    return true;
  }

  async release(name: string, permitId: string): Promise<boolean> {
    const { now, options } = this.store;
    const bot = this.#bot(name);
    const stored = findToSettle(bot, permitId, now);
    if (stored === undefined || stored.confirmed) return false;
    if (stored.released) return true;
    // A refill leaves out what was released, so the budget is looked at before this one is.
    const limits = limitsAt(bot, now);
    takeBack(bot, stored);
    if (limits !== undefined) limits.budget = refund(limits.budget, stored.usedBy);
    const { permit, rank } = stored;
    if (!isTaken(bot, rank)) {
      const place = { rank, shard: permit.shard, leftAt: now };
      this.store.announce(keepPlace(bot, name, place, options.maxPlaces));
    }
    this.store.announce({ bot: name, bucket: null });
    return true;
  }

  onChange(listener: (change: Change) => void): () => void {
    return this.store.onChange(listener);
  }

  async limits(name: string): Promise<Limits | undefined> {
    const limits = limitsAt(this.store.seen(name), this.store.now);
    return limits && toLimits(limits, this.store.now);
  }

  async setLimits(name: string, report: LimitsReport): Promise<Limits> {
    const { now, options } = this.store;
    const bot = this.#bot(name);
    const isFirst = bot.limits === undefined;
    const limits = takeReport(bot, report, options.rules, now);
    if (isFirst) this.store.vouchFor(bot);
    this.store.announce({ bot: name, bucket: null });
    return toLimits(limits, now);
  }

  async leads(name: string): Promise<boolean> {
    const bot = this.#bot(name);
    if (bot.leader === undefined || !bot.replicas.has(bot.leader)) bot.leader = this.replica;
    this.store.isAnotherServer(bot);
    return bot.leader === this.replica;
  }

  async pause(order: PauseOrder): Promise<Pause> {
    const { bot, bucket, reason, by, durationMs } = order;
    const since = this.store.now;
    const until = durationMs === null ? null : since + durationMs;
    this.#bot(bot).pauses.set(bucket, { order, since, until });
    this.store.announce({ bot, bucket });
    return { bot, bucket, reason, by, since, until };
  }

  async resume({ bot, bucket }: PauseScope): Promise<boolean> {
    const { pauses } = this.#bot(bot);
    const held = pausesAt(this.#bot(bot), this.store.now).some((pause) => pause.bucket === bucket);
    pauses.delete(bucket);
    if (held) this.store.announce({ bot, bucket });
    return held;
  }

  async wantRefresh(bot: string): Promise<void> {
    this.store.announce({ bot, refresh: true });
  }

  async evict(name: string, entry: string): Promise<boolean> {
    const waits = this.#bot(name).entries.has(entry);
    if (waits) this.store.announce({ bot: name, evicted: entry });
    return waits;
  }

  async check(): Promise<void> {
    // It answers.
  }

  async view(name: string, wanted: PermitsWanted = NO_PERMITS): Promise<BotView> {
    const { now, options } = this.store;
    const bot = this.store.seen(name);
    const limits = limitsAt(bot, now);
    const maxConcurrency = limits?.maxConcurrency ?? 0;
    return {
      now,
      limits: limits && toLimitsView(limits),
      opensAt: Array.from({ length: maxConcurrency }, (_, bucket) =>
        bucketOpensAt(bot, bucket, options.rules),
      ),
      pauses: pausesAt(bot, now),
      permits: latest(bot, countOfPermits(wanted, maxConcurrency), now),
    };
  }

  async waiters(bot: string): Promise<WaitersView> {
    return { now: this.store.now, waiters: waitersOf(this.store.seen(bot)) };
  }

  async replicas(bot: string): Promise<ReplicasView> {
    const { now } = this.store;
    const replicas = Array.from(this.#bot(bot).replicas, ([replica, heardAt]) => ({
      replica,
      heardAt,
    }));
    return { now, replicas };
  }

  /** In the model time is counted from the epoch. */
  momentOf(joinedAt: number): number {
    return joinedAt;
  }

  #bot(name: string): BotData {
    return this.store.bot(name, this.replica);
  }

  #denial(bot: BotData, limits: ReportedLimits, attempt: Attempt): Denial | null {
    const { now, options } = this.store;
    const { bot: name, bucket, rank, shard } = attempt;
    return denialFor(
      {
        pausedUntil: pausedUntil(bot, bucket, now),
        budget: limits.budget,
        reserve: options.rules.reserveOf(name),
        throttledUntil: shardThrottledUntil(bot, shard, limits, options.rules, now),
        opensAt: bucketOpensAt(bot, bucket, options.rules),
        otherHeads: otherHeads(bot, bucket, this.replica),
      },
      rank,
      now,
    );
  }

  #grant(bot: BotData, limits: ReportedLimits, attempt: Attempt): Permit {
    const { now, options } = this.store;
    const permit = record(bot, attempt, options.rules, now);
    limits.budget = spend(limits.budget, now + (permit.confirmWithinMs ?? 0));
    bot.entries.delete(attempt.entry);
    this.#withdraw(bot, attempt.bot, attempt.bucket);
    return permit;
  }

  #withdraw(bot: BotData, name: string, bucket: number): void {
    if (withdrawHead(bot, bucket, this.replica)) this.store.announce({ bot: name, bucket });
  }
}
