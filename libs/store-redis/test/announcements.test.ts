import { systemClock } from '@gateway-queue/identify-limiter';
import { DEFAULT_RULES } from '@gateway-queue/identify-limiter/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { RedisLimiter } from '../src/limiter/redis-limiter.ts';
import { OneServer } from './servers/one-server.ts';
import { Opened, outcome, PREFIX } from './opened.ts';
import { Relay } from './relay.ts';

const CHANNEL = `${PREFIX}:changes`;

/** What a listener was told. */
function heardBy(opened: Opened) {
  const changes: unknown[] = [];
  const missed = vi.fn<() => void>();
  opened.server.onChange((change) => changes.push(change));
  opened.server.onMissed(missed);
  return { changes, missed };
}

test('an announced change is heard, and any other message of the channel is ignored', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  const { changes } = heardBy(opened);
  const admin = server.admin();
  for (const noise of ['', 'null', '{', '[]', '{"bot":1}']) await admin.publish(CHANNEL, noise);
  await admin.publish(CHANNEL, '{"bot":"default","bucket":3}');
  await vi.waitFor(() => expect(changes).toEqual([{ bot: 'default', bucket: 3 }]));
});

test('P9: after a cut the listener hears that anything may have changed', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  const { changes, missed } = heardBy(opened);
  const admin = server.admin();
  await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  await vi.waitFor(() => expect(missed).toHaveBeenCalledOnce());
  await admin.publish(CHANNEL, '{"bot":"default","bucket":3}');
  await vi.waitFor(() => expect(changes).toHaveLength(1));
  expect(await outcome(opened.count())).toBe('ok');
});

test('P9: a connection that died silently is noticed though no announcement is due', async () => {
  const server = await OneServer.start();
  const relay = await Relay.to(server.port);
  const opened = await Opened.open(relay.url);
  const { changes, missed } = heardBy(opened);
  relay.holdAnswers();
  await opened.reports('TIMEOUT');
  expect(missed).not.toHaveBeenCalled();
  relay.passAnswers();
  await vi.waitFor(() => expect(missed).toHaveBeenCalledOnce(), { timeout: 5000 });
  await server.admin().publish(CHANNEL, '{"bot":"default","bucket":3}');
  await vi.waitFor(() => expect(changes).toHaveLength(1));
});

test('P9: announcements are heard again after a restart', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  const { missed } = heardBy(opened);
  await server.kill();
  await opened.reports('ECONNREFUSED');
  await server.start();
  await vi.waitFor(() => expect(missed).toHaveBeenCalledOnce(), { timeout: 5000 });
});

test('P9: after a cut a limiter announces for each of its bots that anything may have changed', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  const limiter = new RedisLimiter({
    server: opened.server,
    prefix: PREFIX,
    bots: ['one', 'two'],
    rules: DEFAULT_RULES,
    placeTtlMs: 90_000,
    maxPlaces: 8,
    clock: systemClock('test'),
    replica: 'a',
  });
  onTestFinished(() => limiter.close());
  const changes: unknown[] = [];
  const stop = limiter.onChange((change) => changes.push(change));
  await server.admin().call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  const everything = [
    { bot: 'one', bucket: null },
    { bot: 'two', bucket: null },
  ];
  await vi.waitFor(() => expect(changes).toEqual(everything));
  stop();
});
