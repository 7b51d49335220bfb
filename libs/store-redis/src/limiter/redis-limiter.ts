import {
  assertUsableReport,
  type Attempt,
  type BotView,
  type CancelTimer,
  type Change,
  type Clock,
  type Denial,
  type Entry,
  type IdentifyLimiter,
  type Leaver,
  type LimiterControl,
  type LimiterView,
  type LimiterRules,
  type Limits,
  type LimitsReport,
  NO_PERMITS,
  type Pause,
  type PauseOrder,
  type PauseScope,
  type Permit,
  type PermitsWanted,
  type Rank,
  type ReplicasView,
  type WaitersView,
} from '@gateway-queue/identify-limiter';
import {
  type Heartbeat,
  toAttemptAnswer,
  toHeartbeat,
  toLimitsAnswer,
  toRanks,
} from './answers.ts';
import { changesChannel, keysOf } from '../scripts/keys.ts';
import { toMicroseconds } from './microseconds.ts';
import { toBotView, toPause, toReplicas, toWaiters } from './view-answers.ts';
import { toRankText } from './rank-text.ts';
import { type PlaceRules, rulesArgument } from './rules-argument.ts';
import { makeScripts, type Operation, type Scripts } from '../scripts/scripts.ts';
import type { Server } from '../connection/server.ts';

/** Others hear of this replica so often: three times before they would take it for dead. */
const HEARTBEAT_MS = 500;

export interface RedisLimiterOptions extends PlaceRules {
  readonly server: Server;
  /** What all key names begin with. */
  readonly prefix: string;
  /** Whose limits this replica may be asked to refresh. */
  readonly bots: readonly string[];
  readonly rules: LimiterRules;
  /** For the heartbeat alone: what is decided is decided on the server's clock. */
  readonly clock: Clock;
  /** Names this replica; no two may have the same, nor may one that is started again. */
  readonly replica: string;
  /** Lua that defines `raw`; for tests that move the clock themselves. */
  readonly timeSource?: string;
}

/** One replica's limiter over what all replicas share on a Redis or Valkey server. */
export class RedisLimiter implements IdentifyLimiter, LimiterControl, LimiterView {
  readonly #server: Server;
  readonly #scripts: Scripts;
  readonly #channel: string;
  /** Bots that this replica has to do with, and the arguments with which their scripts are called. */
  readonly #bots = new Map<string, { readonly keys: string[]; readonly args: string[] }>();
  /** Since when what this replica enters is on record, for each bot. */
  readonly #onRecordSince = new Map<string, number>();
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #options: RedisLimiterOptions;
  #cancelHeartbeat: CancelTimer = () => undefined;
  #heartbeats: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: RedisLimiterOptions) {
    this.#options = options;
    this.#server = options.server;
    this.#scripts = makeScripts(options.timeSource);
    this.#channel = changesChannel(options.prefix);
    for (const bot of options.bots) this.#argumentsOf(bot);
    this.#heartbeatLater();
  }

  async enter(entries: readonly Entry[]): Promise<Rank[]> {
    const ranks = new Map<Entry, Rank>();
    await Promise.all(
      Array.from(
        Map.groupBy(entries, ({ bot }) => bot),
        async ([bot, ofBot]) => {
          const input = ofBot.map((entry) => ({ ...toLeaver(entry), priority: entry.priority }));
          const reply = await this.#run('enter', bot, { entries: input });
          for (const [index, rank] of toRanks(reply).entries()) {
            const entry = ofBot[index];
            if (entry !== undefined) ranks.set(entry, rank);
          }
        },
      ),
    );
    return entries.map((entry) => {
      const rank = ranks.get(entry);
      if (rank === undefined) throw new Error(`enter.lua gave no rank to ${entry.id}`);
      return rank;
    });
  }

  leave(entries: readonly Leaver[]): Promise<void> {
    return this.#runForEach('leave', entries, toLeaver);
  }

  forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void> {
    return this.#runForEach('forget', entries, ({ id }) => id);
  }

  async tryAcquire({ bot, rank, ...attempt }: Attempt): Promise<Permit | Denial> {
    const input = { ...attempt, rank: toRankText(rank) };
    return toAttemptAnswer(await this.#run('tryAcquire', bot, input));
  }

  async withdrawHead(bot: string, bucket: number): Promise<void> {
    await this.#run('withdrawHead', bot, { bucket });
  }

  async confirm(bot: string, permitId: string): Promise<boolean> {
    return (await this.#run('confirm', bot, { permit: permitId })) === 1;
  }

  async release(bot: string, permitId: string): Promise<boolean> {
    return (await this.#run('release', bot, { permit: permitId })) === 1;
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    const stopHearing = this.#server.onChange(listener);
    const stopMissing = this.#server.onMissed(() => {
      for (const bot of this.#bots.keys()) listener({ bot, bucket: null });
    });
    return () => {
      this.#listeners.delete(listener);
      stopHearing();
      stopMissing();
    };
  }

  async limits(bot: string): Promise<Limits | undefined> {
    const json = await this.#run('limits', bot, {});
    return json === null ? undefined : toLimitsAnswer(json);
  }

  async setLimits(bot: string, report: LimitsReport): Promise<Limits> {
    assertUsableReport(report);
    const { maxConcurrency, total, source, budget } = report;
    const input = {
      maxConcurrency,
      total,
      source,
      budget: budget && {
        remaining: budget.remaining,
        resetIn: toMicroseconds(budget.resetInMs),
        askedAgo: toMicroseconds(budget.askedMsAgo),
      },
    };
    return toLimitsAnswer(await this.#run('report', bot, input));
  }

  async leads(bot: string): Promise<boolean> {
    return (await this.#heartbeat(bot)).leads;
  }

  async pause({ bot, bucket, reason, by, durationMs }: PauseOrder): Promise<Pause> {
    const duration = durationMs === null ? null : toMicroseconds(durationMs);
    return toPause(bot, await this.#run('pause', bot, { bucket, reason, by, duration }));
  }

  async resume({ bot, bucket }: PauseScope): Promise<boolean> {
    return (await this.#run('resume', bot, { bucket })) === 1;
  }

  async wantRefresh(bot: string): Promise<void> {
    await this.#run('wantRefresh', bot, {});
  }

  async evict(bot: string, entry: string): Promise<boolean> {
    return (await this.#run('evict', bot, { entry })) === 1;
  }

  async view(bot: string, permits: PermitsWanted = NO_PERMITS): Promise<BotView> {
    return toBotView(bot, await this.#run('view', bot, { permits }));
  }

  async waiters(bot: string): Promise<WaitersView> {
    return toWaiters(await this.#run('waiters', bot, {}));
  }

  async replicas(bot: string): Promise<ReplicasView> {
    return toReplicas(await this.#run('replicas', bot, {}));
  }

  /** Ranks are counted from the epoch, by the server's clock. */
  momentOf(joinedAt: number): number {
    return joinedAt;
  }

  /**
   * Writes, because that is what a server refuses first. One node of a cluster that fails takes its own bots' permits
   * away, and no others'.
   */
  async check(): Promise<void> {
    const heartbeats = await this.#heartbeatForAll();
    const failure = heartbeats.find((heartbeat) => heartbeat.status === 'rejected');
    if (failure !== undefined && heartbeats.every(({ status }) => status === 'rejected')) {
      throw failure.reason;
    }
  }

  /**
   * Ends this replica in good order: what its entries still hold are places from now on. If the server is away, the
   * others find out by its silence.
   */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelHeartbeat();
    await this.#heartbeats;
    await Promise.allSettled(Array.from(this.#bots.keys(), (bot) => this.#run('retire', bot, {})));
  }

  #heartbeatForAll(): Promise<PromiseSettledResult<Heartbeat>[]> {
    return Promise.allSettled(Array.from(this.#bots.keys(), (bot) => this.#heartbeat(bot)));
  }

  async #heartbeat(bot: string): Promise<Heartbeat> {
    const heartbeat = toHeartbeat(await this.#run('heartbeat', bot, {}));
    const since = this.#onRecordSince.get(bot);
    this.#onRecordSince.set(bot, heartbeat.onRecordSince);
    if (since !== undefined && since !== heartbeat.onRecordSince) {
      for (const listener of this.#listeners) listener({ bot, entriesLost: true });
    }
    return heartbeat;
  }

  #heartbeatLater(): void {
    this.#cancelHeartbeat = this.#options.clock.setTimer(HEARTBEAT_MS, () => {
      // A failure shows in whatever else is asked of the server.
      this.#heartbeats = this.#heartbeatForAll();
      void this.#heartbeats.then(() => this.#closed || this.#heartbeatLater());
    });
  }

  async #runForEach<T extends Pick<Entry, 'bot'>>(
    operation: Operation,
    entries: readonly T[],
    toInput: (entry: T) => unknown,
  ): Promise<void> {
    await Promise.all(
      Array.from(
        Map.groupBy(entries, ({ bot }) => bot),
        ([bot, ofBot]) => this.#run(operation, bot, { entries: ofBot.map(toInput) }),
      ),
    );
  }

  #run(operation: Operation, bot: string, input: object): Promise<unknown> {
    const { keys, args } = this.#argumentsOf(bot);
    const { connection } = this.#server;
    const inputs = [...args, JSON.stringify(input), String(connection)];
    return this.#server.run(this.#scripts[operation], keys, inputs);
  }

  #argumentsOf(bot: string): { readonly keys: string[]; readonly args: string[] } {
    const existing = this.#bots.get(bot);
    if (existing !== undefined) return existing;
    const { prefix, replica, rules, placeTtlMs, maxPlaces } = this.#options;
    const made = {
      keys: keysOf(prefix, bot),
      args: [this.#channel, bot, replica, rulesArgument({ ...rules, placeTtlMs, maxPlaces }, bot)],
    };
    this.#bots.set(bot, made);
    return made;
  }
}

/** A request that leaves, as the scripts have it. */
function toLeaver({ id, shard, rank }: Leaver): object {
  return { id, shard, rank: rank && toRankText(rank) };
}
