/** What a pause covers: a whole bot, or one of its buckets. */
export interface PauseScope {
  readonly bot: string;
  /** Null for the whole bot. */
  readonly bucket: number | null;
}

/** An operator's order that no permit be given in a scope. */
export interface PauseOrder extends PauseScope {
  /** For whoever finds the pause and wonders. */
  readonly reason: string;
  /** Who ordered it. */
  readonly by: string;
  /** Ends by itself after so many ms; null for not before it is lifted. */
  readonly durationMs: number | null;
}

/** A pause that holds now. */
export interface Pause extends PauseScope {
  readonly reason: string;
  readonly by: string;
  /** Ms since it was ordered. */
  readonly ageMs: number;
  /** Ms until it ends by itself; null for not before it is lifted. */
  readonly endsInMs: number | null;
}
