import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

import { freePort } from './free-port.ts';

/** Stands before a server, on a port that stays the same while the server comes and goes. */
export class Relay {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  private constructor(
    readonly port: number,
    private readonly targetPort: number,
  ) {}

  /** It listens on its port from {@link open} on. */
  static async to(targetPort: number): Promise<Relay> {
    return new Relay(await freePort(), targetPort);
  }

  /** From now on a client that connects reaches the server. */
  async open(): Promise<void> {
    this.#server = createServer((near) => this.#join(near));
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** From now on connections are refused, and open connections are cut. */
  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const ended = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await ended;
  }

  #join(near: Socket): void {
    const far = connect(this.targetPort, '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.once('close', () => this.#sockets.delete(socket));
    }
  }
}
