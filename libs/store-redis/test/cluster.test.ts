import { expect, test, vi } from 'vitest';
import { toScript } from '../src/scripts/script.ts';
import { DOCUMENTED_USER } from './documented-user.ts';
import { OneCluster } from './servers/one-cluster.ts';
import type { OneServer } from './servers/one-server.ts';
import { failure, Opened, outcome, PREFIX } from './opened.ts';

/** Bots whose keys are on different nodes of three. */
const BOTS = ['a', 'b', 'c'];

const ANNOUNCE = toScript("return redis.call('PUBLISH', ARGV[1], ARGV[2])");
const PORT = toScript("return redis.call('INFO', 'server'):match('tcp_port:(%d+)')");

function announceFor(bot: string, { server }: Opened): Promise<unknown> {
  const change = JSON.stringify({ bot, bucket: null });
  return server.run(ANNOUNCE, [`${PREFIX}:{${bot}}:bot`], [`${PREFIX}:changes`, change]);
}

/** Port of the node that has the bot's keys. */
async function portOf(bot: string, { server }: Opened): Promise<number> {
  return Number(await server.run(PORT, [`${PREFIX}:{${bot}}:bot`], []));
}

/** The node at which announcements are listened to. */
async function nodeWithSubscriber({ nodes }: OneCluster): Promise<OneServer> {
  for (const node of nodes) {
    const clients = String(await node.admin().call('CLIENT', 'LIST', 'TYPE', 'pubsub'));
    if (clients.includes('sub=1')) return node;
  }
  throw new Error('No client listens');
}

test(
  'what any node announces is heard; a node that is down holds up its own bots alone',
  { timeout: 20_000 },
  async () => {
    const cluster = await OneCluster.start(['--cluster-require-full-coverage', 'no']);
    const opened = await Opened.open(cluster.url);
    const heard: string[] = [];
    opened.server.onChange(({ bot }) => heard.push(bot));
    const ports = await Promise.all(BOTS.map((bot) => portOf(bot, opened)));
    expect(new Set(ports).size).toBe(3);
    await Promise.all(BOTS.map((bot) => announceFor(bot, opened)));
    await vi.waitFor(() => expect(heard.toSorted()).toEqual(BOTS));

    const listenedTo = await nodeWithSubscriber(cluster);
    const bot = BOTS[ports.indexOf(listenedTo.port)] ?? '';
    const others = BOTS.filter((other) => other !== bot);
    await listenedTo.kill();
    await vi.waitFor(
      async () => {
        for (const other of others) await announceFor(other, opened);
        expect(heard.slice(-others.length)).toEqual(others);
      },
      { timeout: 10_000, interval: 50 },
    );
    expect(await outcome(portOf(bot, opened))).not.toBe('ok');
    await listenedTo.start();
    await vi.waitFor(() => portOf(bot, opened), { timeout: 10_000, interval: 50 });
  },
);

test(
  'a node that stalls is given up after a second; when all nodes stall, the store waits for them',
  { timeout: 20_000 },
  async () => {
    const cluster = await OneCluster.start();
    const opened = await Opened.open(cluster.url);
    expect(await outcome(opened.count())).toBe('ok');
    for (const node of cluster.nodes) node.signal('SIGSTOP');
    const calls = BOTS.map((bot) => outcome(portOf(bot, opened)));
    expect(await Promise.all(calls)).not.toContain('ok');
    for (const node of cluster.nodes) node.signal('SIGCONT');
    await opened.runs();

    for (const node of cluster.nodes) await node.kill();
    // It is random which end of the connection is noticed first.
    await vi.waitFor(() => expect(opened.problems).not.toHaveLength(0), { timeout: 10_000 });
    expect(await outcome(opened.count())).not.toBe('ok');

    for (const node of cluster.nodes) await node.start();
    await opened.runs();

    for (const node of cluster.nodes) await node.kill();
    await opened.server.close();
    expect(await outcome(opened.count())).toBe('CLOSED');
  },
);

test('each node is checked before the cluster is used', async () => {
  const cluster = await OneCluster.start();
  const admin = cluster.nodes[1]?.admin();
  await admin?.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await admin?.config('SET', 'maxmemory', '100mb');
  const evicting = await failure(Opened.open(cluster.url));
  expect(evicting).toMatchObject({ name: 'RedisStartError', code: 'EVICTION' });
  const wrong = await failure(Opened.open(cluster.url.replace('://', '://user:wr0ng@')));
  expect(wrong).toMatchObject({ name: 'RedisStartError', code: 'WRONGPASS' });
  await admin?.config('SET', 'maxmemory', '0');
  for (const node of cluster.nodes) {
    const rules = [...DOCUMENTED_USER, '+cluster|slots'];
    await node.admin().acl('SETUSER', 'queue', 'on', '>s3cret', ...rules);
  }
  const opened = await Opened.open(cluster.url.replace('://', '://queue:s3cret@'));
  expect(await outcome(opened.count())).toBe('ok');
  const plain = `redis://127.0.0.1:${cluster.nodes[0]?.port}`;
  expect(await failure(Opened.open(plain))).toMatchObject({ code: 'MODE' });
});
