import type { Clock } from '@gateway-queue/identify-limiter';
import type { History } from '../history/history.ts';
import { GOOD_NETWORK, type Network } from '../network.ts';
import type { Plan } from '../plan.ts';
import type { Random } from '../random.ts';
import type { Fleet } from '../replica/fleet.ts';
import type { Server } from '../store/server.ts';
import type { SharedStore } from '../store/shared-store.ts';
import type { DiscordBot } from '../actors/discord.ts';
import type { InjectedFault } from './fault.ts';

/** P5: how long a killed replica can delay others, until the store declares it dead and they ask again. */
const DEATH_DETECTED_MS = 3000;

export interface FaultTargets {
  readonly clock: Clock;
  readonly random: Random;
  readonly history: History;
  readonly network: Network;
  readonly server: Server;
  readonly store: SharedStore;
  readonly fleet: Fleet;
  readonly discord: readonly DiscordBot[];
}

/** Injects the faults of a plan, at random moments, until it is stopped. */
export class FaultInjector {
  #isStopped = false;
  /** Each ends a fault that lasts. */
  readonly #ends = new Set<() => void>();

  constructor(
    private readonly plan: Plan,
    private readonly targets: FaultTargets,
  ) {
    if (plan.faults.length > 0) this.#next();
  }

  /** Injects no more faults, and ends all that last. */
  stop(): void {
    this.#isStopped = true;
    for (const end of this.#ends) end();
  }

  #next(): void {
    const { clock, random } = this.targets;
    clock.setTimer(random.between(0.2, 1.8) * this.plan.faultEveryMs, () => {
      if (this.#isStopped) return;
      const [first, ...others] = this.plan.faults;
      if (first !== undefined) this.#inject(random.pick([first, ...others]));
      this.#next();
    });
  }

  #inject(fault: InjectedFault): void {
    const { history, network, random, server } = this.targets;
    switch (fault) {
      case 'bad network':
        network.conditions = this.plan.badNetwork;
        this.#endIn(random.between(500, 15_000), () => (network.conditions = GOOD_NETWORK));
        break;
      case 'store away': {
        const forMs = random.between(50, random.pick([400, 8000]));
        history.addFault('store away', forMs);
        server.isAway = true;
        this.#endIn(forMs, () => (server.isAway = false));
        break;
      }
      case 'store slow': {
        const forMs = random.between(200, 6000);
        history.addFault('store slow', forMs);
        server.slowMs = random.between(10, random.pick([100, 700]));
        this.#endIn(forMs, () => (server.slowMs = 0));
        break;
      }
      case 'kill replica':
        this.#kill();
        break;
      case 'suspend replica':
        this.#suspend();
        break;
      case 'empty store':
        this.#loseData('store emptied', Infinity);
        break;
      case 'lose writes':
        this.#loseData('store lost writes', random.between(1, random.pick([50, 1000])));
        break;
      case 'change limits':
        for (const bot of this.targets.discord) bot.maxConcurrency = random.pick([1, 2, 3, 4]);
        break;
      case 'spend starts elsewhere':
        for (const bot of this.targets.discord) bot.spendElsewhere(random.whole(1, 6));
        break;
      default:
        fault satisfies never;
    }
  }

  #kill(): void {
    const { fleet, history, random } = this.targets;
    const index = random.whole(0, fleet.size - 1);
    const replica = fleet.at(index);
    if (replica.process.isKilled) return;
    history.addFault('replica killed', DEATH_DETECTED_MS, replica.name);
    replica.kill();
    this.#endIn(random.between(50, 8000), () => {
      // Without any heartbeat the store declared no replica dead. It starts to do so only now.
      if (!fleet.isAlive) history.addFault('all replicas killed', DEATH_DETECTED_MS);
      fleet.restart(index);
    });
  }

  #suspend(): void {
    const { fleet, history, random } = this.targets;
    const replica = fleet.at(random.whole(0, fleet.size - 1));
    if (replica.process.isKilled || replica.process.isSuspended) return;
    const forMs = random.between(20, random.pick([300, 1500, 8000]));
    history.addFault('replica suspended', forMs, replica.name);
    history.add({ kind: 'suspended', replica: replica.name });
    replica.process.suspend();
    this.#endIn(forMs, () => {
      history.add({ kind: 'resumed', replica: replica.name });
      replica.process.resume();
    });
  }

  /** Another server takes over that does not have the last writes. */
  #loseData(fault: 'store emptied' | 'store lost writes', forMs: number): void {
    const { clock, history, store } = this.targets;
    const since = forMs === Infinity ? -Infinity : history.now;
    const data = forMs === Infinity ? new Map<string, never>() : store.copy();
    clock.setTimer(forMs === Infinity ? 0 : forMs, () => {
      history.addFault(fault);
      history.add({ kind: 'data lost', since });
      store.takeOver(data);
    });
  }

  #endIn(ms: number, end: () => void): void {
    const once = (): void => {
      if (this.#ends.delete(once)) end();
    };
    this.#ends.add(once);
    this.targets.clock.setTimer(ms, once);
  }
}
