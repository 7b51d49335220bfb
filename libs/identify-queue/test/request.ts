import type { GivenPermit } from '../src/index.ts';

/** A request, and what became of it. */
export class Request {
  permit: GivenPermit | undefined;
  /** When the permit came, on the world's clock. */
  servedAt: number | undefined;
  /** Why it failed. */
  error: unknown;
  /** When it ended, either way. */
  settledAt: number | undefined;
  /** Resolves when it has ended, either way. */
  ended: Promise<void> = Promise.resolve();
  /** How often it was answered. */
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
