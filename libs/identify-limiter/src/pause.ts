/** What a pause covers: a whole bot, or one of its buckets. */
export interface PauseScope {
  readonly bot: string;
  /** Null for the whole bot. */
  readonly bucket: number | null;
}

/** An operator's order that no permit be given in a scope. */
export interface PauseOrder extends PauseScope {
  /** Why, for the other operators. */
  readonly reason: string;
  /** Who ordered it. */
  readonly by: string;
  /** Ms after which the pause ends by itself; null when only an operator ends it. */
  readonly durationMs: number | null;
}

/** A pause that holds now. Moments are ms since the Unix epoch, on the store's clock. */
export interface Pause extends PauseScope {
  readonly reason: string;
  readonly by: string;
  /** When it was ordered. */
  readonly since: number;
  /** When it ends by itself; null when only an operator ends it. */
  readonly until: number | null;
}
