import { randomUUID } from 'node:crypto';
import { systemClock } from '@gateway-queue/identify-limiter';
import type { Cluster, Redis } from 'ioredis';
import { RedisServer } from '../src/connection/redis-server.ts';
import { changesChannel } from '../src/scripts/keys.ts';
import type { Store } from './servers/file-servers.ts';

/** What limiters of one process share, and a connection of the test's own. */
export class Connection {
  private constructor(
    readonly server: RedisServer,
    readonly commands: Redis | Cluster,
    private readonly channel: string,
  ) {}

  static async open(store: Store, prefix: string): Promise<Connection> {
    const server = await RedisServer.open({
      url: store.url,
      prefix,
      clock: systemClock('test'),
      // Whatever is asked meanwhile fails.
      onProblem: () => undefined,
    });
    const commands = store.admin();
    // Without a listener the driver writes to the console that a server which a test ends has gone.
    commands.on('error', () => undefined);
    return new Connection(server, commands, changesChannel(prefix));
  }

  /** Resolves when all has been heard that was announced so far. */
  async hasHeard(): Promise<void> {
    const mark = randomUUID();
    const heard = new Promise<void>((resolve) => {
      const stop = this.server.onChange(({ bot }) => {
        if (bot !== mark) return;
        stop();
        resolve();
      });
    });
    await this.commands.publish(this.channel, JSON.stringify({ bot: mark, bucket: null }));
    await heard;
  }

  async end(): Promise<void> {
    this.commands.disconnect();
    await this.server.close();
  }
}
