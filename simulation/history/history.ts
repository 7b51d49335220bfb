import type { Clock } from '@gateway-queue/identify-limiter';
import type { Event, EventDetails, FaultKind } from './event.ts';

/** All events of a simulation, in the order in which they happened. */
export class History {
  readonly events: Event[] = [];
  /** How many faults of each kind there were. */
  readonly faults = new Map<FaultKind, number>();
  readonly #names = new Map<string, string>();
  readonly #startedAt: number;

  constructor(private readonly clock: Clock) {
    this.#startedAt = clock.now();
  }

  /** Ms since the simulation began. */
  get now(): number {
    return this.clock.now() - this.#startedAt;
  }

  add(details: EventDetails): void {
    this.events.push({ ...details, at: this.now });
  }

  /**
   * Records a fault that lasts from now on for `forMs`.
   *
   * @param of the replica, bot or route that the fault concerns
   */
  addFault(fault: FaultKind, forMs = 0, of?: string): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
    this.add({ kind: 'fault', fault, until: this.now + forMs, ...(of && { of }) });
  }

  /** A short name for an id that is random in each run. The name counts up by first use, so each run of a seed has the same names. */
  nameOf(id: string): string {
    const name = this.#names.get(id) ?? `permit-${this.#names.size + 1}`;
    this.#names.set(id, name);
    return name;
  }
}

/** The name of the request that a queue's entry stands for: the replica, and a number from 1. */
export function requestOf(replica: string, entry: string): string {
  return `${replica}/${entry.slice(entry.lastIndexOf('.') + 1)}`;
}
