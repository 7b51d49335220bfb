import { once } from 'node:events';
import { request, type ClientRequest } from 'node:http';
import { text } from 'node:stream/consumers';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A request on `/`, on a connection of its own. */
export class AskedRequest {
  /** `closed`: the connection ended without an answer. */
  state: 'held' | 'answered' | 'closed' = 'held';
  /** Resolves when the operating system has all of it. */
  readonly sent: Promise<unknown>;
  /** Rejects when the connection ends without an answer. */
  readonly answer: Promise<Answer>;
  readonly #request: ClientRequest;

  /** @param url with the query */
  constructor(url: string) {
    this.#request = request(url, { agent: false });
    this.sent = once(this.#request, 'finish');
    this.answer = this.#answer();
    // Whoever asks for them sees the rejections; nobody has to ask.
    for (const promise of [this.sent, this.answer]) promise.catch(() => undefined);
    this.#request.end();
  }

  /** Hangs up. */
  leave(): void {
    this.#request.destroy();
  }

  #answer(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#request.once('error', (error) => {
        this.state = 'closed';
        reject(error);
      });
      this.#request.once('response', (response) => {
        this.state = 'answered';
        text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
      });
    });
  }
}
