import {
  type Attempt,
  type BotView,
  type Change,
  confirm,
  currentBot,
  type Denial,
  enter,
  type Entry,
  expirePlaces,
  forget,
  type IdentifyLimiter,
  leave,
  type Leaver,
  type LimiterControl,
  type LimiterView,
  type Limits,
  type LimitsReport,
  pause,
  NO_PERMITS,
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
  type StepContext,
  toLimits,
  toPause,
  tryAcquire,
  type ViewContext,
  viewOf,
  waitersOf,
  type WaitersView,
  withdrawHead,
} from '@gateway-queue/identify-limiter';
import { Slices } from './slices.ts';
import type { SqliteState } from './sqlite-state.ts';

/** The limiter of one replica over a {@link SqliteState}. For each operation it loads a slice and carries out a step. */
export class SqliteLimiter implements IdentifyLimiter, LimiterControl, LimiterView {
  readonly #slices: Slices;

  constructor(
    private readonly state: SqliteState,
    private readonly replica = 'local',
  ) {
    this.#slices = new Slices(state);
  }

  async enter(entries: readonly Entry[]): Promise<Rank[]> {
    return this.state.write((carryOut) => {
      const context = this.#context();
      for (const bot of new Set(entries.map((entry) => entry.bot))) {
        carryOut(expirePlaces(bot, context));
      }
      return entries.map((entry) =>
        carryOut(enter(entry, this.#slices.enter(entry, context.now), context)),
      );
    });
  }

  async leave(entries: readonly Leaver[]): Promise<void> {
    this.state.write((carryOut) => {
      const context = this.#context();
      for (const entry of entries) carryOut(leave(entry, this.#slices.leave(entry), context));
    });
  }

  async forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void> {
    this.state.write((carryOut) => {
      for (const entry of entries) carryOut(forget(entry));
    });
  }

  async tryAcquire(attempt: Attempt): Promise<Permit | Denial> {
    const context = this.#context();
    return this.state.carryOut(
      tryAcquire(attempt, this.#slices.attempt(attempt, context), context),
    );
  }

  async withdrawHead(bot: string, bucket: number): Promise<void> {
    const heads = this.state.heads.of(bot, bucket);
    this.state.carryOut(withdrawHead({ bot, bucket }, heads, this.#context()));
  }

  async confirm(bot: string, permitId: string): Promise<boolean> {
    const context = this.#context();
    const slice = this.#slices.confirm(bot, permitId, context.now);
    return this.state.carryOut(confirm(bot, slice, context));
  }

  async release(bot: string, permitId: string): Promise<boolean> {
    const context = this.#context();
    const slice = this.#slices.release(bot, permitId, context.now);
    return this.state.carryOut(release(bot, slice, context));
  }

  onChange(listener: (change: Change) => void): () => void {
    return this.state.onChange(listener);
  }

  async limits(bot: string): Promise<Limits | undefined> {
    const { now } = this.#context();
    const loaded = this.#slices.bot(bot, now);
    return loaded && toLimits(currentBot(loaded, now), now);
  }

  async setLimits(bot: string, report: LimitsReport): Promise<Limits> {
    const context = this.#context();
    const slice = this.#slices.limits(bot, report, context.now);
    return this.state.carryOut(setLimits(bot, report, slice, context));
  }

  /** All replicas that share the state are in this process, and there is one in earnest. */
  async leads(): Promise<boolean> {
    return true;
  }

  async pause(order: PauseOrder): Promise<Pause> {
    const step = pause(order, this.#context());
    return toPause(
      this.state.writeDurably((carryOut) => carryOut(step)),
      this.state.epoch.offset,
    );
  }

  async resume(scope: PauseScope): Promise<boolean> {
    const found = this.state.tables.pauses.find(scope);
    return this.state.writeDurably((carryOut) => carryOut(resume(scope, found, this.#context())));
  }

  async wantRefresh(bot: string): Promise<void> {
    this.state.announce({ bot, refresh: true });
  }

  async evict(bot: string, entry: string): Promise<boolean> {
    const waits = this.state.tables.ranks.heldBy(bot, entry) !== undefined;
    if (waits) this.state.announce({ bot, evicted: entry });
    return waits;
  }

  /** Writes, because that is what fails when the disk is full or gone. */
  async check(): Promise<void> {
    this.state.write(() => undefined);
  }

  async view(bot: string, wanted: PermitsWanted = NO_PERMITS): Promise<BotView> {
    const context = this.#viewContext();
    return viewOf(this.#slices.view(bot, wanted, context.now), this.state.rules, context);
  }

  async waiters(bot: string): Promise<WaitersView> {
    return waitersOf(this.state.tables.ranks.heldOf(bot), this.#viewContext());
  }

  /** All replicas that share the state are in this process: they live. */
  async replicas(): Promise<ReplicasView> {
    const now = this.momentOf(this.state.clock.now());
    return { now, replicas: [{ replica: this.replica, heardAt: now }] };
  }

  momentOf(joinedAt: number): number {
    return this.state.epoch.momentOf(joinedAt);
  }

  #viewContext(): ViewContext {
    return { now: this.state.clock.now(), offset: this.state.epoch.offset };
  }

  #context(): StepContext {
    return this.state.contextOf(this.replica);
  }
}
