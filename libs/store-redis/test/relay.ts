import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Between the limiter and a server: keeps its answers back, and cuts connections. */
export class Relay {
  readonly #sockets = new Set<Socket>();
  #holds = false;

  private constructor(readonly port: number) {}

  static async to(target: number): Promise<Relay> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const relay = new Relay(typeof address === 'object' && address ? address.port : 0);
    server.on('connection', (near) => {
      const far = connect(target, '127.0.0.1');
      near.pipe(far);
      far.on('data', (data) => relay.#holds || near.write(data));
      for (const socket of [near, far]) {
        relay.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          near.destroy();
          far.destroy();
        });
      }
    });
    onTestFinished(() => {
      relay.cut();
      server.close();
    });
    return relay;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  holdAnswers(): void {
    this.#holds = true;
  }

  passAnswers(): void {
    this.#holds = false;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }
}
