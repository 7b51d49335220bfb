import type { Clock } from '@gateway-queue/identify-limiter';
import type { History } from './history/history.ts';
import type { Random } from './random.ts';

/** What the network does to messages. Probabilities hold for each message. */
export interface NetworkConditions {
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
  readonly dropProbability: number;
  readonly doubleProbability: number;
  /** Whether a message may arrive before one that was sent earlier by the same sender. */
  readonly overtaking: boolean;
}

export const GOOD_NETWORK: NetworkConditions = {
  minDelayMs: 0.2,
  maxDelayMs: 2,
  dropProbability: 0,
  doubleProbability: 0,
  overtaking: false,
};

/** A message that takes longer is recorded as a fault. */
const LATE_MS = 20;

/** The way of a message, and the faults that are recorded when it is dropped or doubled. */
export interface Route {
  /** One for each direction of each connection. On a good network messages of one route keep their order. */
  readonly name: string;
  readonly whenDropped: 'request dropped' | 'reply dropped' | 'announcement dropped';
  /** Undefined where a second copy would change nothing, so that none is sent. */
  readonly whenDoubled?: 'request doubled' | 'announcement doubled';
}

/** The network between the replicas and the store. */
export class Network {
  conditions: NetworkConditions = GOOD_NETWORK;
  /** When the last message of each route arrives. */
  readonly #lastArrival = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly history: History,
  ) {}

  /** Sends a message. It arrives once, twice or not at all. */
  send(route: Route, arrive: () => void): void {
    const { doubleProbability, dropProbability } = this.conditions;
    const doubled = this.random.happens(doubleProbability) && route.whenDoubled;
    if (doubled) {
      this.#copy(route, arrive);
      this.history.addFault(doubled, 0, route.name);
    }
    if (this.random.happens(dropProbability))
      this.history.addFault(route.whenDropped, 0, route.name);
    else this.#copy(route, arrive);
  }

  #copy({ name }: Route, arrive: () => void): void {
    const { minDelayMs, maxDelayMs, overtaking } = this.conditions;
    const now = this.clock.now();
    const earliest = this.#lastArrival.get(name) ?? now;
    let arrival = now + this.random.between(minDelayMs, maxDelayMs);
    if (arrival < earliest) {
      if (overtaking) this.history.addFault('message overtaken', earliest - now, name);
      else arrival = earliest;
    }
    if (arrival - now > LATE_MS) this.history.addFault('message late', arrival - now, name);
    this.#lastArrival.set(name, Math.max(arrival, earliest));
    this.clock.setTimer(arrival - now, arrive);
  }
}
