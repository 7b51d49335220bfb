import type { GivenPermit } from '@gateway-queue/identify-queue';

/** How a request ends for its client. */
export type Answer =
  | { readonly kind: 'permit'; readonly permit: GivenPermit }
  | { readonly kind: 'not yet' }
  | { readonly kind: 'broken' };

/** A request's connection: the client's end and the replica's end, each of which learns late what the other does. */
export class Connection {
  /** Resolves when the client gets an answer, or loses its connection. It stays pending once the client has hung up. */
  readonly answered: Promise<Answer>;
  #resolve: (answer: Answer) => void = () => undefined;
  readonly #closed = new AbortController();
  #isOpenForClient = true;

  constructor() {
    this.answered = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Aborts when the replica learns that the client has hung up. */
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

  /** The replica learns that the client has hung up. */
  noticeHangUp(): void {
    this.#closed.abort(new Error('hung up'));
  }

  /** An answer reaches the client. Returns false when the client has hung up. */
  answer(answer: Answer): boolean {
    if (!this.#isOpenForClient) return false;
    this.#isOpenForClient = false;
    this.#resolve(answer);
    return true;
  }
}
