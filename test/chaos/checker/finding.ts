/** A broken promise. */
export interface Violation {
  /** P1 to P9, as in docs/architecture.md, or another expectation in words. */
  readonly promise: string;
  /** What happened, with all moments. */
  readonly what: string;
  /** The numbers of the requests concerned. */
  readonly requests: readonly number[];
}

/** The result of one check. */
export interface Finding {
  readonly violations: readonly Violation[];
  /** How many cases the check judged, and how near they came to a violation. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** A moment or a duration as text. */
export function at(ms: number): string {
  return ms.toFixed(1);
}
