/** Counts what was asked and how it was answered. */
export class Tally {
  readonly #counts = new Map<string, Map<string, number>>();
  #requests = 0;

  /** @param status undefined when the client hung up */
  count(operation: string, status: number | undefined): void {
    this.#requests += 1;
    const statuses = this.#counts.get(operation) ?? new Map<string, number>();
    this.#counts.set(operation, statuses);
    const key = String(status ?? 'held');
    statuses.set(key, (statuses.get(key) ?? 0) + 1);
  }

  get requests(): number {
    return this.#requests;
  }

  /** The operations that were never answered 2xx. */
  neverDone(): string[] {
    return Array.from(this.#counts)
      .filter(([, statuses]) => !Array.from(statuses.keys()).some(isDone))
      .map(([operation]) => operation);
  }

  /** An operation in each line. */
  toString(): string {
    return Array.from(this.#counts, ([operation, statuses]) => {
      const counts = Array.from(statuses, ([status, count]) => `${status}: ${count}`).toSorted();
      return `${operation}  ${counts.join(', ')}`;
    }).join('\n');
  }
}

function isDone(status: string): boolean {
  return status.startsWith('2');
}
