/**
 * Reads something dear: whoever asks while it is being read gets what comes of that, so that it is never read twice at a time,
 * however many ask.
 */
export class Reading<T> {
  readonly #underWay = new Map<string, Promise<T>>();

  constructor(private readonly read: (of: string) => Promise<T>) {}

  /** Rejects as the read does. */
  of(what: string): Promise<T> {
    const reading =
      this.#underWay.get(what) ?? this.read(what).finally(() => this.#underWay.delete(what));
    this.#underWay.set(what, reading);
    return reading;
  }
}
