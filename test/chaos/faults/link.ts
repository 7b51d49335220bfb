import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

import { freePort } from '../../support/free-port.ts';
import { DelayedPipe, reset } from './delayed-pipe.ts';

interface Pair {
  readonly sockets: readonly [Socket, Socket];
  readonly requests: DelayedPipe;
  readonly replies: DelayedPipe;
}

/** The network between a client and a server, which can fail: a TCP proxy. */
export class Link {
  readonly #pairs = new Set<Pair>();
  #stalled = { requests: false, replies: false };
  #delayMs = 0;
  #refusing = false;

  private constructor(
    readonly port: number,
    private readonly server: Server,
    private readonly targetPort: number,
  ) {
    server.on('connection', (near) => this.#join(near));
  }

  static async to(targetPort: number): Promise<Link> {
    const port = await freePort();
    const server = createServer({ allowHalfOpen: true }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new Link(port, server, targetPort);
  }

  /** Resets all connections. Bytes that are under way are lost. */
  cut(): void {
    for (const { sockets } of this.#pairs) for (const socket of sockets) reset(socket);
  }

  /** Resets all connections, and each new one at once, until {@link heal}. */
  refuse(): void {
    this.#refusing = true;
    this.cut();
  }

  /** Keeps back all bytes, or those of replies, until {@link heal}. None are lost. */
  stall(what: 'all' | 'replies'): void {
    this.#stalled = { requests: what === 'all', replies: true };
    this.#apply();
  }

  /** Delays all bytes that come from now on, in each direction. */
  delay(ms: number): void {
    this.#delayMs = ms;
    this.#apply();
  }

  /** Ends all faults of the link. */
  heal(): void {
    this.#stalled = { requests: false, replies: false };
    this.#delayMs = 0;
    this.#refusing = false;
    this.#apply();
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const { sockets } of this.#pairs) for (const socket of sockets) socket.destroy();
    await closed;
  }

  #join(near: Socket): void {
    if (this.#refusing) {
      reset(near);
      return;
    }
    const far = connect({ port: this.targetPort, host: '127.0.0.1', allowHalfOpen: true });
    const requests = new DelayedPipe(near, far);
    const replies = new DelayedPipe(far, near);
    const pair: Pair = { sockets: [near, far], requests, replies };
    this.#pairs.add(pair);
    for (const socket of pair.sockets) {
      socket.setNoDelay(true);
      // 'close' follows.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        // After an orderly end, bytes may still be under way to the other socket.
        if (near.destroyed && far.destroyed) this.#pairs.delete(pair);
      });
    }
    this.#set(pair);
  }

  #apply(): void {
    for (const pair of this.#pairs) this.#set(pair);
  }

  #set({ requests, replies }: Pair): void {
    requests.set({ stalled: this.#stalled.requests, delayMs: this.#delayMs });
    replies.set({ stalled: this.#stalled.replies, delayMs: this.#delayMs });
  }
}
