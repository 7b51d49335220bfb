import type { IndexedHistory } from '../history/indexed-history.ts';

/** A promise that a history breaks. */
export interface Violation {
  /** `P1` to `P9`, as in docs/architecture.md, or `liveness`. */
  readonly promise: string;
  /** Ms since the simulation began. */
  readonly at: number;
  readonly text: string;
}

/** Finds each case in which a history breaks one promise. */
export type Invariant = (history: IndexedHistory) => Violation[];
