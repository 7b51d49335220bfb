import type { History, FaultSpan } from '../history.ts';

/**
 * How long a fault has effects after it has ended, ms: the store declares a replica dead after 2 s, a failed call is repeated
 * after 1 s at most, and a busy machine takes some more.
 */
const AFTERMATH_MS = 3500;

/** The faults that end a process. */
const ENDING_FAULTS: ReadonlySet<string> = new Set(['replica killed', 'rolling restart']);

/** Tells when there were faults, and when there were none. */
export class QuietTimes {
  readonly #faults: readonly FaultSpan[];

  constructor({ faults }: Pick<History, 'faults'>) {
    this.#faults = faults.toSorted((a, b) => a.from - b.from);
  }

  /** When the other replicas know at the latest that a process died at this moment. Faults of the store delay this. */
  deathKnownBy(moment: number): number {
    let knownBy = moment + AFTERMATH_MS;
    for (const span of this.#faults) {
      if (span.replica !== null || span.to < moment) continue;
      if (span.from > knownBy) break;
      knownBy = endOf(span);
    }
    return knownBy;
  }

  /** Whether this replica (null: every replica) had no fault in this time, nor shortly before. */
  isQuiet(replica: number | null, from: number, to: number): boolean {
    return !this.#faults.some(
      (span) => concerns(span, replica) && span.from <= to && endOf(span) >= from,
    );
  }

  /** The first moment, from `moment` on, at which the replica has had no fault for `forMs`; Infinity when there is none. */
  quietSince(replica: number, moment: number, forMs: number): number {
    let from = moment;
    for (const span of this.#faults) {
      if (!concerns(span, replica) || endOf(span) < from) continue;
      if (span.from > from + forMs) break;
      from = endOf(span);
    }
    return from + forMs;
  }

  /** The faults of this kind that concern this replica alone. */
  faultsOf(kind: string, replica: number): FaultSpan[] {
    return this.#faults.filter((span) => span.kind === kind && span.replica === replica);
  }

  /** Whether a fault delayed the replica, its store or the network between them in this time. Faults that end a process do not count. */
  wasDelayed(replica: number, from: number, to: number): boolean {
    return this.#faults.some(
      (span) =>
        concerns(span, replica) &&
        !ENDING_FAULTS.has(span.kind) &&
        span.from <= to &&
        span.to >= from,
    );
  }
}

function concerns(span: FaultSpan, replica: number | null): boolean {
  return span.replica === null || replica === null || span.replica === replica;
}

function endOf({ to }: FaultSpan): number {
  return to + AFTERMATH_MS;
}
