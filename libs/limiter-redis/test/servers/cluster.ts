import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster, type Redis } from 'ioredis';
import { freePort } from '../../../../test/support/free-port.ts';
import { SingleServer } from './single-server.ts';

const MASTERS = 3;
const SLOTS = 16_384;

/** Between two looks whether the nodes have found each other. */
const POLL_MS = 20;

interface Node {
  readonly server: SingleServer;
  /** Where nodes speak to each other. */
  readonly busPort: number;
}

/** A cluster of three masters. A node lets two seconds pass before it serves. */
export class ServerCluster {
  private constructor(private readonly nodes: readonly Node[]) {}

  static async start(program: string): Promise<ServerCluster> {
    const nodes = await Promise.all(Array.from({ length: MASTERS }, () => startNode(program)));
    const cluster = new ServerCluster(nodes);
    await cluster.#join();
    return cluster;
  }

  get url(): string {
    const nodes = this.nodes.map(({ server }) => `127.0.0.1:${server.port}`);
    return `redis+cluster://${nodes.join(',')}`;
  }

  connect(): Cluster {
    return new Cluster(this.nodes.map(({ server }) => ({ host: '127.0.0.1', port: server.port })));
  }

  async end(): Promise<void> {
    await Promise.all(this.nodes.map(({ server }) => server.end()));
  }

  async #join(): Promise<void> {
    const clients = this.nodes.map(({ server }) => server.connect());
    try {
      await Promise.all(clients.map((client, index) => this.#introduce(client, index)));
      while (!(await Promise.all(clients.map(serves))).every(Boolean)) await sleep(POLL_MS);
    } finally {
      for (const client of clients) client.disconnect();
    }
  }

  async #introduce(client: Redis, index: number): Promise<void> {
    const first = Math.floor((index * SLOTS) / MASTERS);
    const next = Math.floor(((index + 1) * SLOTS) / MASTERS);
    await client.call('CLUSTER', 'ADDSLOTSRANGE', first, next - 1);
    // Of nodes with the same they would have to agree on another first.
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
    for (const { server, busPort } of this.nodes) {
      await client.call('CLUSTER', 'MEET', '127.0.0.1', server.port, busPort);
    }
  }
}

async function startNode(program: string): Promise<Node> {
  const busPort = await freePort();
  const settings = ['--cluster-enabled', 'yes', '--cluster-port', String(busPort)];
  return { server: await SingleServer.start(program, settings), busPort };
}

/** Whether the node knows all the others, and who has which slots. */
async function serves(client: Redis): Promise<boolean> {
  const info = String(await client.call('CLUSTER', 'INFO'));
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${MASTERS}`);
}
