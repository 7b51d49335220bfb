import { WebSocket } from 'ws';

/** A frame of the gateway's. */
export interface Frame {
  readonly op: number;
  readonly d?: unknown;
  readonly t?: string | null;
}

/** A client that says what it is told to, right or wrong, and hands out what comes back one by one. */
export class RawClient {
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #frames: Frame[] = [];
  readonly #waiting: ((frame: Frame) => void)[] = [];

  /** Connects; what is sent goes out once the connection stands. */
  constructor(gatewayUrl: string) {
    this.#socket = new WebSocket(`${gatewayUrl}/?v=10&encoding=json`);
    this.closed = new Promise((resolve) => {
      this.#socket.once('close', resolve);
    });
    this.#socket.on('error', () => undefined);
    this.#socket.on('message', (data: Buffer) => {
      const frame: Frame = JSON.parse(data.toString());
      const next = this.#waiting.shift();
      if (next) next(frame);
      else this.#frames.push(frame);
    });
  }

  /** The next frame that has not been handed out. */
  next(): Promise<Frame> {
    const frame = this.#frames.shift();
    if (frame) return Promise.resolve(frame);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** A string goes out as it is, everything else as JSON. */
  send(payload: unknown): void {
    this.#socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload));
  }

  identify(shard: unknown, token = 'fake-token'): void {
    this.send({ op: 2, d: { token, shard, intents: 0, properties: {} } });
  }

  close(code?: number): void {
    this.#socket.close(code);
  }
}

/** A client that has had its HELLO. */
export async function connectRaw(gatewayUrl: string): Promise<RawClient> {
  const client = new RawClient(gatewayUrl);
  await client.next();
  return client;
}
