import type { Story } from '../history/indexed-history.ts';

/** A broken promise. */
export interface Violation {
  readonly promise: string;
  /** Ms since the beginning. */
  readonly at: number;
  readonly text: string;
}

/** Looks for what breaks one promise. */
export type Invariant = (story: Story) => Violation[];
