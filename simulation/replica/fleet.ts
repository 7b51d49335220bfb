import type { Random } from '../random.ts';
import { Replica, type Surroundings } from './replica.ts';

/** Each replica has one for its name, and each process that takes its place another number. */
const LETTERS = 'abcdefgh';

/** All replicas of the service, and the addresses that clients find them at. */
export class Fleet {
  readonly #replicas: Replica[];
  readonly #incarnations: number[];

  constructor(
    size: number,
    private readonly around: Surroundings,
  ) {
    this.#incarnations = Array.from({ length: size }, () => 1);
    this.#replicas = this.#incarnations.map((_, index) => this.#start(index));
  }

  get size(): number {
    return this.#replicas.length;
  }

  /** How many requests are held by all of them. */
  get waiting(): number {
    return this.#replicas.reduce((sum, replica) => sum + replica.size, 0);
  }

  /** Whether any replica lives. */
  get isAlive(): boolean {
    return this.#replicas.some(({ process }) => !process.isKilled);
  }

  /** Whether there is a living replica of this name. */
  has(name: string): boolean {
    return this.#replicas.some((replica) => replica.name === name && !replica.process.isKilled);
  }

  at(index: number): Replica {
    const replica = this.#replicas[index % this.size];
    if (replica === undefined) throw new RangeError('a fleet has at least one replica');
    return replica;
  }

  /** Where a balancer sends a client: to one that lives, if any does. */
  any(random: Random): Replica {
    const first = random.whole(0, this.size - 1);
    for (let step = 0; step < this.size; step++) {
      const replica = this.at(first + step);
      if (!replica.process.isKilled) return replica;
    }
    return this.at(first);
  }

  /** A new process takes a killed one's place. */
  restart(index: number): void {
    this.#incarnations[index] = (this.#incarnations[index] ?? 1) + 1;
    this.#replicas[index] = this.#start(index);
  }

  #start(index: number): Replica {
    return new Replica(`${LETTERS[index]}${this.#incarnations[index]}`, this.around);
  }
}
