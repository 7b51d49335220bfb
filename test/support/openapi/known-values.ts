/** At most so many of one name: the newest. */
const MAX_KEPT = 20;

/** What is likely to be there: ids and versions that answers told, by the names of the parameters that take them. */
export class KnownValues {
  readonly #values = new Map<string, string[]>();

  constructor(values: Readonly<Record<string, readonly string[]>>) {
    for (const [name, some] of Object.entries(values)) this.#values.set(name, [...some]);
  }

  /** Adds one of a name that there are values of, or will be. */
  learn(name: string, value: string): void {
    const values = this.#values.get(name) ?? [];
    this.#values.set(name, values);
    if (values.includes(value)) return;
    values.push(value);
    if (values.length > MAX_KEPT) values.shift();
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** One of them, or none while there is none. @param index any whole number: it goes round */
  pick(name: string, index: number): string | undefined {
    const values = this.#values.get(name) ?? [];
    return values[index % values.length];
  }
}
