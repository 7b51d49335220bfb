import {
  assertUsableReport,
  type Attempt,
  type BotView,
  type Change,
  type Clock,
  type Denial,
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
  type ReplicasView,
  type WaitersView,
} from '@gateway-queue/identify-limiter';
import type { Server } from '../connection/server.ts';
import { toAttemptAnswer, toLimitsAnswer, toRanks } from './answers.ts';
import { BotScripts, type BotScriptsOptions } from './bot-scripts.ts';
import { Heartbeats } from './heartbeats.ts';
import { fromAttempt, fromEntry, fromLeaver, fromPauseOrder, fromReport } from './inputs.ts';
import { toBotView, toPause, toReplicas, toWaiters } from './view-answers.ts';

export interface RedisLimiterOptions extends BotScriptsOptions {
  /** The bots whose limits this replica may be asked to refresh. */
  readonly bots: readonly string[];
  /** For the heartbeats alone: all that is decided is decided on the server's clock. */
  readonly clock: Clock;
}

/** One replica's limiter over what all replicas share on a Redis or Valkey server. */
export class RedisLimiter implements IdentifyLimiter, LimiterControl, LimiterView {
  readonly #server: Server;
  readonly #scripts: BotScripts;
  readonly #heartbeats: Heartbeats;
  readonly #marginMs: number;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(options: RedisLimiterOptions) {
    this.#server = options.server;
    this.#marginMs = options.rules.marginMs;
    this.#scripts = new BotScripts(options, options.bots);
    this.#heartbeats = new Heartbeats(this.#scripts, options.clock, (bot) => {
      for (const listener of this.#listeners) listener({ bot, entriesLost: true });
    });
  }

  async enter(entries: readonly Entry[]): Promise<Rank[]> {
    const replies = await this.#scripts.runForEach('enter', entries, fromEntry);
    const ranks = new Map<Entry | undefined, Rank>(
      replies.flatMap(({ entries: ofBot, reply }) =>
        toRanks(reply).map((rank, index) => [ofBot[index], rank] as const),
      ),
    );
    return entries.map((entry) => {
      const rank = ranks.get(entry);
      if (rank === undefined) throw new Error(`enter.lua gave no rank to ${entry.id}`);
      return rank;
    });
  }

  async leave(entries: readonly Leaver[]): Promise<void> {
    await this.#scripts.runForEach('leave', entries, fromLeaver);
  }

  async forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void> {
    await this.#scripts.runForEach('forget', entries, ({ id }) => id);
  }

  async tryAcquire(attempt: Attempt): Promise<Permit | Denial> {
    const { bot } = attempt;
    return toAttemptAnswer(await this.#scripts.run('tryAcquire', bot, fromAttempt(attempt)));
  }

  async withdrawHead(bot: string, bucket: number): Promise<void> {
    await this.#scripts.run('withdrawHead', bot, { bucket });
  }

  async confirm(bot: string, permitId: string): Promise<boolean> {
    return (await this.#scripts.run('confirm', bot, { permit: permitId })) === 1;
  }

  async release(bot: string, permitId: string): Promise<boolean> {
    return (await this.#scripts.run('release', bot, { permit: permitId })) === 1;
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    const stopHearing = this.#server.onChange(listener);
    const stopMissing = this.#server.onMissed(() => {
      for (const bot of this.#scripts.bots) listener({ bot, bucket: null });
    });
    return () => {
      this.#listeners.delete(listener);
      stopHearing();
      stopMissing();
    };
  }

  async limits(bot: string): Promise<Limits | undefined> {
    const json = await this.#scripts.run('readLimits', bot);
    return json === null ? undefined : toLimitsAnswer(json);
  }

  async setLimits(bot: string, report: LimitsReport): Promise<Limits> {
    assertUsableReport(report);
    return toLimitsAnswer(await this.#scripts.run('setLimits', bot, fromReport(report)));
  }

  async leads(bot: string): Promise<boolean> {
    return (await this.#heartbeats.send(bot)).leads;
  }

  async pause(order: PauseOrder): Promise<Pause> {
    const { bot } = order;
    return toPause(bot, await this.#scripts.run('pause', bot, fromPauseOrder(order)));
  }

  async resume({ bot, bucket }: PauseScope): Promise<boolean> {
    return (await this.#scripts.run('resume', bot, { bucket })) === 1;
  }

  async wantRefresh(bot: string): Promise<void> {
    await this.#scripts.run('askForRefresh', bot);
  }

  async evict(bot: string, entry: string): Promise<boolean> {
    return (await this.#scripts.run('evict', bot, { entry })) === 1;
  }

  async view(bot: string, permits: PermitsWanted = NO_PERMITS): Promise<BotView> {
    const reply = await this.#scripts.run('viewBot', bot, { permits });
    return toBotView(bot, reply, this.#marginMs);
  }

  async waiters(bot: string): Promise<WaitersView> {
    return toWaiters(await this.#scripts.run('listWaiters', bot));
  }

  async replicas(bot: string): Promise<ReplicasView> {
    return toReplicas(await this.#scripts.run('listReplicas', bot));
  }

  /** Ranks count from the epoch, by the server's clock. */
  momentOf(joinedAt: number): number {
    return joinedAt;
  }

  /**
   * Sends heartbeats, because they write, and a write is what a server refuses first. A node of a cluster that fails takes
   * away the permits of its own bots and of no others, so one bot that can be served is enough.
   */
  async check(): Promise<void> {
    const heartbeats = await this.#heartbeats.sendForAll();
    const failure = heartbeats.find((heartbeat) => heartbeat.status === 'rejected');
    if (failure !== undefined && heartbeats.every(({ status }) => status === 'rejected')) {
      throw failure.reason;
    }
  }

  /**
   * Ends this replica in good order: what its entries still hold are places from now on. When the server is away, the
   * other replicas find out by this one's silence.
   */
  async close(): Promise<void> {
    await this.#heartbeats.stop();
    await Promise.allSettled(this.#scripts.bots.map((bot) => this.#scripts.run('endReplica', bot)));
  }
}
