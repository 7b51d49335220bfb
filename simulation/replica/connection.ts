import type { GivenPermit } from '@gateway-queue/identify-queue';

/** How a request ends for its client. */
export type Answer =
  | { readonly kind: 'permit'; readonly permit: GivenPermit }
  | { readonly kind: 'not yet' }
  | { readonly kind: 'broken' };

/** A request under way: the client's end of the connection and the replica's, which learn of each other late. */
export class Connection {
  /** Resolves when the client has its answer, or no connection any more. Never once it has hung up. */
  readonly answered: Promise<Answer>;
  #resolve: (answer: Answer) => void = () => undefined;
  readonly #closed = new AbortController();
  #isOpenForClient = true;

  constructor() {
    this.answered = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Aborts when the replica learns that the client has gone. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  get isOpenForClient(): boolean {
    return this.#isOpenForClient;
  }

  /** The client closes its end. */
  hangUp(): void {
    this.#isOpenForClient = false;
  }

  /** The replica learns of it. */
  noticeHangUp(): void {
    this.#closed.abort(new Error('hung up'));
  }

  /** Something reaches the client. Returns false when it has gone. */
  answer(answer: Answer): boolean {
    if (!this.#isOpenForClient) return false;
    this.#isOpenForClient = false;
    this.#resolve(answer);
    return true;
  }
}
