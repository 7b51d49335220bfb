import type { History, Trouble } from '../history.ts';

/**
 * How long after a trouble things may not be as always, ms: a dead replica is noticed after 2 s, what failed is
 * repeated after 1 s at most, and some time is for the machine.
 */
const AFTERMATH_MS = 3500;

/** What ends a process. */
const ENDS: ReadonlySet<string> = new Set(['replica killed', 'rolling restart']);

/** When all was well. */
export class Calm {
  readonly #troubles: readonly Trouble[];

  constructor({ troubles }: Pick<History, 'troubles'>) {
    this.#troubles = troubles.toSorted((a, b) => a.from - b.from);
  }

  /** When others have noticed that a process died at this moment: the store was there for long enough. */
  deathNoticedBy(moment: number): number {
    let noticedBy = moment + AFTERMATH_MS;
    for (const trouble of this.#troubles) {
      if (trouble.replica !== null || trouble.to < moment) continue;
      if (trouble.from > noticedBy) break;
      noticedBy = endOf(trouble);
    }
    return noticedBy;
  }

  /** Whether nothing troubled this replica (null: any of them) in this time, nor shortly before. */
  holds(replica: number | null, from: number, to: number): boolean {
    return !this.#troubles.some(
      (trouble) => concerns(trouble, replica) && trouble.from <= to && endOf(trouble) >= from,
    );
  }

  /** The first moment, from this one on, at which a replica had all been well for so long; Infinity if none. */
  since(replica: number, moment: number, forMs: number): number {
    let from = moment;
    for (const trouble of this.#troubles) {
      if (!concerns(trouble, replica) || endOf(trouble) < from) continue;
      if (trouble.from > from + forMs) break;
      from = endOf(trouble);
    }
    return from + forMs;
  }

  /** The troubles of this replica alone that are of this kind. */
  of(kind: string, replica: number): Trouble[] {
    return this.#troubles.filter((trouble) => trouble.kind === kind && trouble.replica === replica);
  }

  /** Whether anything held up the replica, its store or the way there, in this time itself. */
  heldUp(replica: number, from: number, to: number): boolean {
    return this.#troubles.some(
      (trouble) =>
        concerns(trouble, replica) &&
        !ENDS.has(trouble.kind) &&
        trouble.from <= to &&
        trouble.to >= from,
    );
  }
}

function concerns(trouble: Trouble, replica: number | null): boolean {
  return trouble.replica === null || replica === null || trouble.replica === replica;
}

function endOf({ to }: Trouble): number {
  return to + AFTERMATH_MS;
}
