import { FakeClock, type Limiter, MemoryLimiter } from '@gateway-queue/identify-limiter/testing';
import { type Breakage, NO_BREAKAGE } from './breakage.ts';
import { DiscordBot } from './actors/discord.ts';
import { LimitsRefresher } from './actors/limits-refresher.ts';
import { FaultInjector } from './faults/fault-injector.ts';
import { Operator } from './actors/operator.ts';
import { Shard } from './actors/shard.ts';
import { History } from './history/history.ts';
import { Network } from './network.ts';
import { type BotPlan, MAX_PLACES, type Plan, PLACE_TTL_MS, RULES } from './plan.ts';
import { SimulatedProcess } from './process.ts';
import type { Random } from './random.ts';
import { Fleet } from './replica/fleet.ts';
import { Server } from './store/server.ts';
import { SharedStore } from './store/shared-store.ts';

/** All parts of a simulation: store, replicas, shards, Discord and operators, on one clock. */
export class World {
  readonly clock = new FakeClock();
  readonly history = new History(this.clock);
  readonly #store: SharedStore;
  readonly #server: Server;
  readonly #fleet: Fleet;
  readonly #faultInjector: FaultInjector;
  readonly #shards: Shard[] = [];
  readonly #refreshers: LimitsRefresher[] = [];
  readonly #operators: Operator[] = [];

  /** @param breakage how the store of this world breaks a promise */
  constructor(
    plan: Plan,
    private readonly random: Random,
    private readonly breakage: Breakage = NO_BREAKAGE,
  ) {
    const { clock, history } = this;
    this.#store = new SharedStore({
      clock,
      rules: { ...RULES, ...breakage.rules },
      placeTtlMs: PLACE_TTL_MS,
      maxPlaces: MAX_PLACES,
      isSilent: breakage.isSilent ?? false,
      onMargin: (bot, margin) =>
        history.add({ kind: 'margin', bot, ms: margin?.ms ?? RULES.marginMs }),
    });
    const network = new Network(clock, random.fork(), history);
    this.#server = new Server(this.#store, network, clock);
    this.#fleet = new Fleet(plan.replicas, {
      clock,
      history,
      random: random.fork(),
      server: this.#server,
      limiterOf: (replica) => this.#limiterOf(replica),
      onRecordSince: (bot, replica) => this.#store.onRecordSince(bot, replica),
      bots: plan.bots.map(({ name }) => name),
      intervalMs: RULES.intervalMs + RULES.marginMs,
    });
    const discord = plan.bots.map((bot) => this.#populate(bot));
    this.#faultInjector = new FaultInjector(plan, {
      clock,
      history,
      network,
      discord,
      random: random.fork(),
      server: this.#server,
      store: this.#store,
      fleet: this.#fleet,
    });
  }

  /** Whether any request waits, or any shard may still ask. */
  get isBusy(): boolean {
    return this.#shards.some((shard) => !shard.isDone) || this.#fleet.waiting > 0;
  }

  /** From now on there are no faults, and every shard asks for at most one more permit. */
  endFaults(): void {
    this.#faultInjector.stop();
    for (const shard of this.#shards) shard.finish();
    for (const refresher of this.#refreshers) refresher.stopDelays();
    for (const operator of this.#operators) void operator.stop();
    this.history.add({ kind: 'phase', phase: 'faults end' });
  }

  /** Ends the history, and records what living replicas still hold in the store. */
  end(): void {
    const { history } = this;
    const living = Array.from(this.#store.held()).filter(({ replica }) => this.#fleet.has(replica));
    const what = living.map(({ id, replica, what: held }) => {
      return `${held} (${replica}, ${id.slice(id.lastIndexOf('/') + 1)})`;
    });
    history.add({ kind: 'left behind', what });
    history.add({ kind: 'phase', phase: 'end' });
  }

  #limiterOf(replica: string): Limiter {
    return this.breakage.wrap(new MemoryLimiter(this.#store, replica), this.#store);
  }

  #populate(bot: BotPlan): DiscordBot {
    const { clock, history } = this;
    const { maxConcurrency, name, refreshEveryMs, total, windowMs } = bot;
    const discord = new DiscordBot(name, total, windowMs, maxConcurrency, history);
    const environment = (replica: string) => ({
      process: new SimulatedProcess(clock),
      server: this.#server,
      limiter: this.#limiterOf(replica),
      history,
      random: this.random.fork(),
    });
    this.#refreshers.push(
      new LimitsRefresher(discord, { refreshEveryMs, maxDelayMs: 6000 }, environment('refresher')),
    );
    if (bot.pausesEveryMs !== undefined) {
      this.#operators.push(new Operator(name, environment('operator'), bot.pausesEveryMs));
    }
    for (const [number, behaviour] of bot.shards.entries()) {
      const random = this.random.fork();
      const fleet = this.#fleet;
      this.#shards.push(new Shard(number, behaviour, { discord, fleet, clock, history, random }));
    }
    return discord;
  }
}
