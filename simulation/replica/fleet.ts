import type { Random } from '../random.ts';
import { Replica, type Environment } from './replica.ts';

/** A replica's name is its letter and a number, which grows with each process that takes a killed one's place. */
const LETTERS = 'abcdefgh';

/** All replicas of the service, and how clients reach them. */
export class Fleet {
  readonly #replicas: Replica[];
  readonly #incarnations: number[];

  constructor(
    size: number,
    private readonly environment: Environment,
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

  /** Whether at least one replica lives. */
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

  /** The replica to which a balancer sends a client: a living one, if there is one. */
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
    return new Replica(`${LETTERS[index]}${this.#incarnations[index]}`, this.environment);
  }
}
