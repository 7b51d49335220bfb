import {
  type Attempt,
  type BotView,
  type Change,
  confirm,
  currentBot,
  DEAD_AFTER_MS,
  type Denial,
  enter,
  type Entry,
  expirePlaces,
  forget,
  type Heartbeat,
  heartbeat,
  type IdentifyLimiter,
  leave,
  type Leaver,
  type LimiterControl,
  type LimiterView,
  type Limits,
  type LimitsReport,
  NO_PERMITS,
  pause,
  type Pause,
  type PauseOrder,
  type PauseScope,
  type Permit,
  type PermitsWanted,
  type Rank,
  release,
  type ReplicasView,
  resume,
  setLimits,
  toLimits,
  toPause,
  tryAcquire,
  viewOf,
  waitersOf,
  type WaitersView,
  withdrawHead,
} from '@gateway-queue/identify-limiter';
import type { MemoryStore } from './memory-store.ts';
import {
  attemptSlice,
  botSlice,
  confirmSlice,
  enterSlice,
  leaveSlice,
  limitsSlice,
  releaseSlice,
  viewSlice,
} from './slices.ts';

/** The store's clock counts from the Unix epoch. */
const OFFSET_MS = 0;

/** The limiter of one replica over a {@link MemoryStore}. */
export class MemoryLimiter implements IdentifyLimiter, LimiterControl, LimiterView {
  constructor(
    private readonly store: MemoryStore,
    readonly replica: string,
  ) {}

  async enter(entries: readonly Entry[]): Promise<Rank[]> {
    return entries.map((entry) => {
      const { data, context } = this.#begin(entry.bot);
      this.store.carryOut(expirePlaces(entry.bot, context));
      return this.store.carryOut(enter(entry, enterSlice(data, entry, context.now), context));
    });
  }

  async leave(entries: readonly Leaver[]): Promise<void> {
    for (const entry of entries) {
      const { data, context } = this.#begin(entry.bot);
      this.store.carryOut(leave(entry, leaveSlice(data, entry, context.now), context));
    }
  }

  async forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void> {
    for (const entry of entries) {
      this.#begin(entry.bot);
      this.store.carryOut(forget(entry));
    }
  }

  async tryAcquire(attempt: Attempt): Promise<Permit | Denial> {
    const { data, context } = this.#begin(attempt.bot);
    const slice = attemptSlice(data, attempt, context.now);
    return this.store.carryOut(tryAcquire(attempt, slice, context));
  }

  async withdrawHead(bot: string, bucket: number): Promise<void> {
    const { data, context } = this.#begin(bot);
    const heads = data.heads.get(bucket) ?? new Map<string, Rank>();
    this.store.carryOut(withdrawHead({ bot, bucket }, heads, context));
  }

  async confirm(bot: string, permitId: string): Promise<boolean> {
    const { data, context } = this.#begin(bot);
    const slice = confirmSlice(data, permitId, context.now);
    return this.store.carryOut(confirm(bot, slice, context));
  }

  async release(bot: string, permitId: string): Promise<boolean> {
    const { data, context } = this.#begin(bot);
    const slice = releaseSlice(data, permitId, context.now);
    return this.store.carryOut(release(bot, slice, context));
  }

  onChange(listener: (change: Change) => void): () => void {
    return this.store.onChange(listener);
  }

  async limits(bot: string): Promise<Limits | undefined> {
    const { now } = this.store;
    const loaded = botSlice(this.store.dataOf(bot), now);
    return loaded && toLimits(currentBot(loaded, now), now);
  }

  async setLimits(bot: string, report: LimitsReport): Promise<Limits> {
    const { data, context } = this.#begin(bot);
    const slice = limitsSlice(data, report, context.now);
    return this.store.carryOut(setLimits(bot, report, slice, context));
  }

  async leads(bot: string): Promise<boolean> {
    return this.heartbeat(bot).leads;
  }

  /** The replica reports that it lives. */
  heartbeat(bot: string): Heartbeat {
    const { data, context } = this.#begin(bot);
    const { leader } = data;
    const slice = {
      leader: leader !== undefined && data.heardAt.has(leader) ? leader : undefined,
      onRecordSince: data.onRecord.get(this.replica),
    };
    return this.store.carryOut(heartbeat(bot, slice, context));
  }

  async pause(order: PauseOrder): Promise<Pause> {
    const { context } = this.#begin(order.bot);
    return toPause(this.store.carryOut(pause(order, context)), OFFSET_MS);
  }

  async resume(scope: PauseScope): Promise<boolean> {
    const { data, context } = this.#begin(scope.bot);
    return this.store.carryOut(resume(scope, data.pauses.get(scope.bucket), context));
  }

  async wantRefresh(bot: string): Promise<void> {
    this.store.announce({ bot, refresh: true });
  }

  async evict(bot: string, entry: string): Promise<boolean> {
    const waits = this.store.dataOf(bot).held.has(entry);
    if (waits) this.store.announce({ bot, evicted: entry });
    return waits;
  }

  async check(): Promise<void> {
    // Memory does not fail.
  }

  async view(bot: string, wanted: PermitsWanted = NO_PERMITS): Promise<BotView> {
    const { now, rules } = this.store;
    const slice = viewSlice(this.store.dataOf(bot), wanted, now);
    return viewOf(slice, rules, { now, offset: OFFSET_MS });
  }

  async waiters(bot: string): Promise<WaitersView> {
    const held = [...this.store.dataOf(bot).held.values()];
    return waitersOf(held, { now: this.store.now, offset: OFFSET_MS });
  }

  async replicas(bot: string): Promise<ReplicasView> {
    const { now } = this.store;
    const living = Array.from(this.store.dataOf(bot).heardAt).filter(
      ([, heardAt]) => heardAt >= now - DEAD_AFTER_MS,
    );
    return { now, replicas: living.map(([replica, heardAt]) => ({ replica, heardAt })) };
  }

  momentOf(joinedAt: number): number {
    return joinedAt + OFFSET_MS;
  }

  #begin(bot: string): ReturnType<MemoryStore['begin']> {
    return this.store.begin(bot, this.replica);
  }
}
