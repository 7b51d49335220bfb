/** A promise that was not kept. */
export interface Violation {
  /** P1 to P10, as in docs/architecture.md, or what else was expected. */
  readonly promise: string;
  /** What happened, with all times in it. */
  readonly what: string;
  /** The requests concerned, by their numbers. */
  readonly asks: readonly number[];
}

/** What one check has to say of a history. */
export interface Finding {
  readonly violations: readonly Violation[];
  /** Shows that there was something to check, and how near it came. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** A moment, as a message has it. */
export function at(ms: number): string {
  return ms.toFixed(1);
}
