import { systemClock } from '@gateway-queue/identify-limiter';
import type { Cluster, Redis } from 'ioredis';
import { RedisServer } from '../src/index.ts';
import type { Store } from './servers/file-servers.ts';

/** What limiters of one process share, and a connection to look behind it. */
export class Connection {
  private constructor(
    readonly server: RedisServer,
    readonly commands: Redis | Cluster,
  ) {}

  static async open(store: Store, prefix: string): Promise<Connection> {
    const server = await RedisServer.open({
      url: store.url,
      prefix,
      clock: systemClock('test'),
      // What a test breaks on purpose shows in what is run.
      onProblem: () => undefined,
    });
    return new Connection(server, store.connect());
  }

  async end(): Promise<void> {
    this.commands.disconnect();
    await this.server.close();
  }
}
