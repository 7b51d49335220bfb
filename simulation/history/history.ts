import type { Clock } from '@gateway-queue/identify-limiter';
import type { Event, Happening, TroubleKind } from './event.ts';

/** All that happened, in order. */
export class History {
  readonly events: Event[] = [];
  /** How often each kind of trouble was made. */
  readonly troubles = new Map<TroubleKind, number>();
  readonly #names = new Map<string, string>();
  readonly #zero: number;

  constructor(private readonly clock: Clock) {
    this.#zero = clock.now();
  }

  /** Ms since the beginning. */
  get now(): number {
    return this.clock.now() - this.#zero;
  }

  add(happening: Happening): void {
    this.events.push({ ...happening, at: this.now });
  }

  /** Something goes wrong from now on and for so many ms. */
  trouble(what: TroubleKind, forMs = 0, whom?: string): void {
    this.troubles.set(what, (this.troubles.get(what) ?? 0) + 1);
    this.add({ kind: 'trouble', what, until: this.now + forMs, ...(whom && { whom }) });
  }

  /** A short name for an id that is another one in each run, by when it was first heard of. */
  nameOf(id: string): string {
    const name = this.#names.get(id) ?? `permit-${this.#names.size + 1}`;
    this.#names.set(id, name);
    return name;
  }
}

/** The entry of a queue by the name of its request: the replica, and a number from 1. */
export function requestOf(replica: string, entry: string): string {
  return `${replica}/${entry.slice(entry.lastIndexOf('.') + 1)}`;
}
