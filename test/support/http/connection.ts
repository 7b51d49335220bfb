import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { requestBytes, type WireRequest } from './request.ts';
import { ResponseReader, type Answer } from './response-reader.ts';

/** How a connection ended. */
export interface End {
  /** All bytes that ever came. */
  readonly bytesReceived: number;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** A connection to the service, byte by byte. It stays open until one side says otherwise. */
export class Connection {
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<End>;
  /** The final responses so far. */
  readonly answers: Answer[] = [];
  readonly #socket: Socket;
  readonly #reader = new ResponseReader();
  readonly #waiting: Waiting[] = [];
  readonly #onInterim: (() => void)[] = [];
  #handedOut = 0;
  #isClosed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    // A reset by the other side is seen as the end that follows.
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => this.#received(chunk));
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#isClosed = true;
        const error = new Error('The connection ended without an answer');
        for (const { reject } of this.#waiting.splice(0)) reject(error);
        resolve({ bytesReceived: socket.bytesRead });
      });
    });
  }

  /** @param url of the service */
  static async open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const connection = new Connection(socket);
    await once(socket, 'connect');
    socket.once('end', () => socket.end());
    return connection;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sends the request and does not wait for anything. */
  send(request: WireRequest): void {
    this.#reader.asked(request.method ?? 'GET');
    this.sendBytes(requestBytes(request));
  }

  sendBytes(bytes: string | Buffer): void {
    this.#socket.write(bytes);
  }

  /** The next final response that was not handed out yet. Rejects when the connection ends before it comes. */
  answer(): Promise<Answer> {
    const answer = this.answers[this.#handedOut];
    this.#handedOut += 1;
    if (answer !== undefined) return Promise.resolve(answer);
    if (this.#isClosed) return Promise.reject(new Error('The connection has ended'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  /** Resolves with the next interim response, such as `100 Continue`. */
  interim(): Promise<void> {
    return new Promise((resolve) => {
      this.#onInterim.push(resolve);
    });
  }

  /** Sends a FIN and goes on reading. */
  finish(): void {
    this.#socket.end();
  }

  /** Sends a RST, as a process does that is killed with bytes unread. */
  reset(): void {
    // After a FIN of ours libuv refuses to reset (uv_tcp_close_reset), and Node then never closes.
    if (this.#socket.writableEnded) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  #received(chunk: Buffer): void {
    for (const answer of this.#reader.push(chunk)) {
      if (answer.status < 200) {
        this.#onInterim.shift()?.();
        continue;
      }
      this.answers.push(answer);
      this.#waiting.shift()?.resolve(answer);
    }
  }
}
