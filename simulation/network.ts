import type { Clock } from '@gateway-queue/identify-limiter';
import type { History } from './history/history.ts';
import type { Random } from './random.ts';

/** How messages fare. Probabilities are for each message. */
export interface Weather {
  readonly leastDelayMs: number;
  readonly mostDelayMs: number;
  readonly drop: number;
  readonly double: number;
  /** Whether a message may arrive before one that was sent earlier by the same sender. */
  readonly overtaking: boolean;
}

export const CALM: Weather = {
  leastDelayMs: 0.2,
  mostDelayMs: 2,
  drop: 0,
  double: 0,
  overtaking: false,
};

/** Longer than this in ms, a message is trouble by itself. */
const LATE_MS = 20;

/** What a message may run into, and how that is told. */
export interface Route {
  /** One for each direction of each connection: on it messages keep their order in fair weather. */
  readonly name: string;
  readonly whenDropped: 'request dropped' | 'reply dropped' | 'announcement dropped';
  /** Undefined where a second copy would change nothing. */
  readonly whenDoubled?: 'request doubled' | 'announcement doubled';
}

/** What is between the replicas and the store. */
export class Network {
  weather: Weather = CALM;
  /** When the last message arrives, by route. */
  readonly #lastArrival = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly history: History,
  ) {}

  /** Sends a message: it arrives once, twice or not at all. */
  send(route: Route, arrive: () => void): void {
    const { double, drop } = this.weather;
    const doubled = this.random.chance(double) && route.whenDoubled;
    if (doubled) {
      this.#copy(route, arrive);
      this.history.trouble(doubled, 0, route.name);
    }
    if (this.random.chance(drop)) this.history.trouble(route.whenDropped, 0, route.name);
    else this.#copy(route, arrive);
  }

  #copy({ name }: Route, arrive: () => void): void {
    const { leastDelayMs, mostDelayMs, overtaking } = this.weather;
    const now = this.clock.now();
    const earliest = this.#lastArrival.get(name) ?? now;
    let arrival = now + this.random.between(leastDelayMs, mostDelayMs);
    if (arrival < earliest) {
      if (overtaking) this.history.trouble('overtaken', earliest - now, name);
      else arrival = earliest;
    }
    if (arrival - now > LATE_MS) this.history.trouble('late message', arrival - now, name);
    this.#lastArrival.set(name, Math.max(arrival, earliest));
    this.clock.setTimer(arrival - now, arrive);
  }
}
