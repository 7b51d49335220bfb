import type { GivenPermit } from '../src/index.ts';

/** A request of a test, and how it ended. */
export class Request {
  permit: GivenPermit | undefined;
  /** When the permit came, on the world's clock. */
  servedAt: number | undefined;
  /** Why it failed. */
  error: unknown;
  /** When it ended, with or without a permit. */
  settledAt: number | undefined;
  /** Resolves when it has ended, with or without a permit. */
  ended: Promise<void> = Promise.resolve();
  /** How often its wait ended, which is to be once. */
  settled = 0;
  readonly #connection = new AbortController();

  constructor(
    readonly shard: number | null,
    readonly replica: string,
  ) {}

  get signal(): AbortSignal {
    return this.#connection.signal;
  }

  /** Whether it is still held. */
  get held(): boolean {
    return this.settled === 0;
  }

  hangUp(): void {
    this.#connection.abort(new Error('hung up'));
  }
}

export function shardsOf(requests: readonly Request[]): (number | null)[] {
  return requests.map((request) => request.shard);
}
