import type { Clock } from '@gateway-queue/identify-limiter';
import type { History } from '../history/history.ts';
import { CALM, type Network } from '../network.ts';
import type { Mishap, Plan } from '../plan.ts';
import type { Random } from '../random.ts';
import type { Fleet } from '../replica/fleet.ts';
import type { Server } from '../store/server.ts';
import type { SharedStore } from '../store/shared-store.ts';
import type { DiscordBot } from '../actors/discord.ts';

/** How long a killed replica may hold others up: until it is taken for dead, and their next look. See P5. */
const DEATH_NOTICED_MS = 3000;

export interface Victims {
  readonly clock: Clock;
  readonly random: Random;
  readonly history: History;
  readonly network: Network;
  readonly server: Server;
  readonly store: SharedStore;
  readonly fleet: Fleet;
  readonly discord: readonly DiscordBot[];
}

/** Makes things go wrong, as planned, until it is told to stop. */
export class Mishaps {
  #isOver = false;
  /** Undo what is broken. */
  readonly #repairs = new Set<() => void>();

  constructor(
    private readonly plan: Plan,
    private readonly victims: Victims,
  ) {
    if (plan.mishaps.length > 0) this.#next();
  }

  /** Repairs all that is broken. */
  stop(): void {
    this.#isOver = true;
    for (const repair of this.#repairs) repair();
  }

  #next(): void {
    const { clock, random } = this.victims;
    clock.setTimer(random.between(0.2, 1.8) * this.plan.mishapEveryMs, () => {
      if (this.#isOver) return;
      const [first, ...others] = this.plan.mishaps;
      if (first !== undefined) this.#make(random.pick([first, ...others]));
      this.#next();
    });
  }

  #make(mishap: Mishap): void {
    const { history, network, random, server } = this.victims;
    switch (mishap) {
      case 'crash-loop':
        network.weather = this.plan.crashLoops;
        this.#repairIn(random.between(500, 15_000), () => (network.weather = CALM));
        break;
      case 'store away': {
        const forMs = random.between(50, random.pick([400, 8000]));
        history.trouble('store away', forMs);
        server.isAway = true;
        this.#repairIn(forMs, () => (server.isAway = false));
        break;
      }
      case 'store slow': {
        const forMs = random.between(200, 6000);
        history.trouble('store slow', forMs);
        server.slowMs = random.between(10, random.pick([100, 700]));
        this.#repairIn(forMs, () => (server.slowMs = 0));
        break;
      }
      case 'kill':
        this.#kill();
        break;
      case 'stop':
        this.#stop();
        break;
      case 'store emptied':
        this.#loseData('store emptied', Infinity);
        break;
      case 'store lost writes':
        this.#loseData('store lost writes', random.between(1, random.pick([50, 1000])));
        break;
      case 'limits change':
        for (const bot of this.victims.discord) bot.maxConcurrency = random.pick([1, 2, 3, 4]);
        break;
      case 'spent elsewhere':
        for (const bot of this.victims.discord) bot.spendElsewhere(random.whole(1, 6));
        break;
      default:
        mishap satisfies never;
    }
  }

  #kill(): void {
    const { fleet, history, random } = this.victims;
    const index = random.whole(0, fleet.size - 1);
    const replica = fleet.at(index);
    if (replica.process.isKilled) return;
    history.trouble('replica killed', DEATH_NOTICED_MS, replica.name);
    replica.kill();
    this.#repairIn(random.between(50, 8000), () => {
      // Nobody was heard of for a while, so the store begins only now to take the dead for dead.
      if (!fleet.isAlive) history.trouble('all replicas killed', DEATH_NOTICED_MS);
      fleet.restart(index);
    });
  }

  #stop(): void {
    const { fleet, history, random } = this.victims;
    const replica = fleet.at(random.whole(0, fleet.size - 1));
    if (replica.process.isKilled || replica.process.isStopped) return;
    const forMs = random.between(20, random.pick([300, 1500, 8000]));
    history.trouble('replica paused', forMs, replica.name);
    history.add({ kind: 'paused process', replica: replica.name });
    replica.process.stop();
    this.#repairIn(forMs, () => {
      history.add({ kind: 'continued process', replica: replica.name });
      replica.process.continue();
    });
  }

  /** Another server takes over that heard nothing of the last writes. */
  #loseData(what: 'store emptied' | 'store lost writes', lastMs: number): void {
    const { clock, history, store } = this.victims;
    const since = lastMs === Infinity ? -Infinity : history.now;
    const data = lastMs === Infinity ? new Map<string, never>() : store.copy();
    clock.setTimer(lastMs === Infinity ? 0 : lastMs, () => {
      history.trouble(what);
      history.add({ kind: 'lost data', since });
      store.replaceBy(data);
    });
  }

  #repairIn(ms: number, repair: () => void): void {
    const once = (): void => {
      if (this.#repairs.delete(once)) repair();
    };
    this.#repairs.add(once);
    this.victims.clock.setTimer(ms, once);
  }
}
