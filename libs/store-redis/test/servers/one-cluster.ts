import { Cluster } from 'ioredis';
import { vi } from 'vitest';
import type { RedisServerOptions } from '../../../../test/support/redis-server.ts';
import { OneServer } from './one-server.ts';

const SLOTS = 16_384;

/** A cluster of three masters. The third of the slots that each has is that of its index. */
export class OneCluster {
  private constructor(readonly nodes: readonly OneServer[]) {}

  /** @param startNode decides when its servers end; with the test unless it is given */
  static async start(
    more: readonly string[] = [],
    startNode = (options: RedisServerOptions) => OneServer.start(options),
  ): Promise<OneCluster> {
    const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '500', ...more];
    const nodes = await Promise.all(Array.from({ length: 3 }, () => startNode({ args })));
    const admins = nodes.map((node) => node.admin());
    const share = Math.ceil(SLOTS / nodes.length);
    for (const [index, admin] of admins.entries()) {
      const first = index * share;
      await admin.cluster('ADDSLOTSRANGE', first, Math.min(first + share, SLOTS) - 1);
      await admin.cluster('SET-CONFIG-EPOCH', index + 1);
      if (index > 0) await admin.cluster('MEET', '127.0.0.1', nodes[0]?.port ?? 0);
    }
    await vi.waitFor(
      async () => {
        for (const admin of admins) {
          const info = await admin.cluster('INFO');
          if (!/state:ok/.test(info) || !/known_nodes:3/.test(info)) throw new Error('not yet');
        }
      },
      { timeout: 15_000, interval: 20 },
    );
    return new OneCluster(nodes);
  }

  get url(): string {
    const hosts = this.nodes.map(({ port }) => `127.0.0.1:${port}`);
    return `redis+cluster://${hosts.join(',')}`;
  }

  /** A connection of the test's own, which the test ends. */
  admin(): Cluster {
    return new Cluster(this.nodes.map(({ port }) => ({ host: '127.0.0.1', port })));
  }

  async end(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.end()));
  }
}
