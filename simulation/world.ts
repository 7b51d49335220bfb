import { FakeClock, type Limiter } from '@gateway-queue/identify-limiter/testing';
import { type Breakage, SOUND } from './breakage.ts';
import { DiscordBot } from './actors/discord.ts';
import { Gateway } from './actors/limits-refresher.ts';
import { Mishaps } from './faults/fault-injector.ts';
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
import { StoreLimiter } from './store/store-limiter.ts';

/** Everybody who has a part in a simulation, on one clock. */
export class World {
  readonly clock = new FakeClock();
  readonly history = new History(this.clock);
  readonly #store: SharedStore;
  readonly #server: Server;
  readonly #fleet: Fleet;
  readonly #mishaps: Mishaps;
  readonly #shards: Shard[] = [];
  readonly #gateways: Gateway[] = [];
  readonly #operators: Operator[] = [];

  /** @param broken what does not work in this world as it should */
  constructor(
    plan: Plan,
    private readonly random: Random,
    private readonly broken: Breakage = SOUND,
  ) {
    const { clock, history } = this;
    this.#store = new SharedStore({
      clock,
      rules: { ...RULES, ...broken.rules },
      placeTtlMs: PLACE_TTL_MS,
      maxPlaces: MAX_PLACES,
      isSilent: broken.isSilent ?? false,
    });
    const network = new Network(clock, random.fork(), history);
    this.#server = new Server(this.#store, network, clock);
    this.#fleet = new Fleet(plan.replicas, {
      clock,
      history,
      random: random.fork(),
      server: this.#server,
      limiterOf: (whose) => this.#limiterOf(whose),
      onRecordSince: (bot, replica) => this.#store.onRecordSince(bot, replica),
      bots: plan.bots.map(({ name }) => name),
      intervalMs: RULES.intervalMs + RULES.marginMs,
    });
    const discord = plan.bots.map((bot) => this.#populate(bot));
    this.#mishaps = new Mishaps(plan, {
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

  /** Whether anybody still waits, or may come to. */
  get isBusy(): boolean {
    return this.#shards.some((shard) => !shard.isDone) || this.#fleet.waiting > 0;
  }

  /** From now on nothing goes wrong, and every shard wants one permit more at most. */
  calm(): void {
    this.#mishaps.stop();
    for (const actor of [...this.#shards, ...this.#gateways]) actor.calm();
    for (const operator of this.#operators) void operator.leave();
    this.history.add({ kind: 'phase', phase: 'trouble is over' });
  }

  /** It is over: what the replicas that live still hold is written down. */
  end(): void {
    const { history } = this;
    const living = Array.from(this.#store.held()).filter(({ replica }) => this.#fleet.has(replica));
    const what = living.map(({ id, replica, what: held }) => {
      return `${held} (${replica}, ${id.slice(id.lastIndexOf('/') + 1)})`;
    });
    history.add({ kind: 'remains', what });
    history.add({ kind: 'phase', phase: 'end' });
  }

  #limiterOf(whose: string): Limiter {
    return this.broken.wrap(new StoreLimiter(this.#store, whose), this.#store);
  }

  #populate(bot: BotPlan): DiscordBot {
    const { clock, history } = this;
    const { maxConcurrency, name, refreshEveryMs, total, windowMs } = bot;
    const discord = new DiscordBot(name, total, windowMs, maxConcurrency, history);
    const around = (whose: string) => ({
      process: new SimulatedProcess(clock),
      server: this.#server,
      limiter: this.#limiterOf(whose),
      history,
      random: this.random.fork(),
    });
    const gateway = new Gateway(discord, { refreshEveryMs, latestMs: 6000 }, around('gateway'));
    this.#gateways.push(gateway);
    if (bot.pausesEveryMs !== undefined) {
      this.#operators.push(new Operator(name, around('operator'), bot.pausesEveryMs));
    }
    for (const [number, habits] of bot.shards.entries()) {
      const random = this.random.fork();
      const fleet = this.#fleet;
      this.#shards.push(new Shard(number, habits, { discord, fleet, clock, history, random }));
    }
    return discord;
  }
}
