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

/** A connection to the service, byte by byte. It stays open until one side ends it. */
export class Connection {
  /** False when the connection was refused. */
  readonly connected: Promise<boolean>;
  /** Resolves when the connection is gone, whichever side ended it. */
  readonly closed: Promise<End>;
  /** The final responses so far. */
  readonly answers: Answer[] = [];
  readonly #socket: Socket;
  readonly #reader = new ResponseReader();
  readonly #waiting: Waiting[] = [];
  readonly #onInterim: (() => void)[] = [];
  #handedOut = 0;
  #isClosed = false;

  /** Connects. What is sent before the connection stands goes out once it does. */
  constructor(url: string) {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    this.#socket = socket;
    // A reset by the other side is seen as the close that follows.
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => this.#received(chunk));
    socket.once('end', () => socket.end());
    this.connected = new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('close', () => resolve(false));
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#isClosed = true;
        const error = new Error('The connection ended without an answer');
        for (const { reject } of this.#waiting.splice(0)) reject(error);
        resolve({ bytesReceived: socket.bytesRead });
      });
    });
  }

  /** Resolves when the connection stands; rejects when it is refused. */
  static async open(url: string): Promise<Connection> {
    const connection = new Connection(url);
    if (!(await connection.connected)) throw new Error(`${url} refused the connection`);
    return connection;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** All bytes that came so far. */
  get bytesReceived(): number {
    return this.#socket.bytesRead;
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

  /** Reads nothing more, as a client that has stalled. */
  stall(): void {
    this.#socket.pause();
  }

  /** Sends a FIN and goes on reading. */
  finish(): void {
    this.#socket.end();
  }

  /** Sends a RST, as the system does for a process that is killed with bytes unread. */
  reset(): void {
    // After a FIN of ours libuv refuses to reset (uv_tcp_close_reset), and Node then never closes.
    if (this.#socket.writableEnded || this.#socket.connecting) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  /** Closes the connection and reads nothing more. */
  hangUp(): void {
    this.#socket.destroy();
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
