import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { toScript } from '../src/scripts/script.ts';
import { OneServer } from './servers/one-server.ts';
import { failure, KEY, Opened, outcome } from './opened.ts';
import { Relay } from './relay.ts';

test('a server that is not there is waited for', async () => {
  const server = await OneServer.prepare();
  const opened = await Opened.open(server.url);
  expect(await outcome(opened.count())).toBe('ECONNREFUSED');
  expect(opened.problems.map(({ code }) => code)).toEqual(['ECONNREFUSED']);
  await server.start();
  await opened.runs();
  expect(await opened.count()).toBe(2);
});

test('P8: a call whose connection is cut fails at once, and is not sent again', async () => {
  const server = await OneServer.start();
  const relay = await Relay.to(server.port);
  const opened = await Opened.open(relay.url);
  expect(await opened.count()).toBe(1);
  relay.holdAnswers();
  const call = outcome(opened.count());
  const admin = server.admin();
  await vi.waitFor(async () => expect(await admin.get(KEY)).toBe('2'));
  relay.cut();
  expect(await call).toBe('CLOSED');
  relay.passAnswers();
  await opened.runs();
  expect(await opened.count()).toBe(4);
});

test('a server that stalls is given up after a second, and used again when it goes on', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  server.signal('SIGSTOP');
  const calls = Array.from({ length: 3 }, () => outcome(opened.count()));
  expect(await Promise.all(calls)).toEqual(['TIMEOUT', 'TIMEOUT', 'TIMEOUT']);
  // Not only each call ends but the connection too.
  await opened.reports('TIMEOUT');
  expect(await outcome(opened.count())).toBe('TIMEOUT');
  server.signal('SIGCONT');
  await opened.runs();
});

test('calls while a server is down fail at once, and none of them runs later', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  await server.kill();
  await opened.reports('ECONNREFUSED');
  const since = performance.now();
  for (let call = 0; call < 50; call += 1) expect(await outcome(opened.count())).not.toBe('ok');
  expect(performance.now() - since).toBeLessThan(500);
  await server.start();
  await opened.runs();
  expect(await opened.count()).toBe(2);
});

test('a server that loads its data is waited for', async () => {
  const server = await OneServer.start();
  const admin = server.admin();
  await admin.debug('populate', 8000);
  await admin.save();
  await server.kill();
  server.spawn(['--key-load-delay', '60', '--loading-process-events-interval-bytes', '1024']);
  const opened = await Opened.open(server.url);
  const problem = await opened.reports('LOADING');
  expect(problem.message).toBe('Redis is loading its data');
  expect(await outcome(opened.count())).toBe('LOADING');
  await opened.runs();
});

test('scripts that the server forgot are sent again', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  expect(await opened.count()).toBe(1);
  await server.admin().script('FLUSH');
  const calls = Array.from({ length: 3 }, () => opened.count());
  expect(await Promise.all(calls)).toEqual([2, 3, 4]);
  await server.admin().flushall();
  expect(await opened.count()).toBe(1);
});

test('a server without memory refuses, and is used again when it has some', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  await server.admin().config('SET', 'maxmemory', '1');
  expect(await outcome(opened.count())).toBe('OOM');
  await server.admin().config('SET', 'maxmemory', '0');
  expect(await outcome(opened.count())).toBe('ok');
});

test('a server that cannot save refuses', async () => {
  const server = await OneServer.start({ args: ['--save', '3600 1'] });
  const opened = await Opened.open(server.url);
  await mkdir(join(server.dir, 'dump.rdb', 'in-the-way'), { recursive: true });
  const admin = server.admin();
  await admin.bgsave();
  await vi.waitFor(async () => expect(await outcome(opened.count())).toBe('MISCONF'));
});

test('a connection to a server that has become a replica is given up', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  await server.admin().replicaof('127.0.0.1', '1');
  expect(await outcome(opened.count())).toBe('READONLY');
  const problem = await opened.reports('REPLICA');
  expect(problem.message).toContain('is a replica');
  expect(await outcome(opened.count())).toBe('REPLICA');
  await server.admin().replicaof('NO', 'ONE');
  await opened.runs();
});

test('a server that is busy with a script refuses', async () => {
  const server = await OneServer.start({ args: ['--busy-reply-threshold', '50'] });
  const opened = await Opened.open(server.url);
  const admin = server.admin();
  await admin.ping();
  const endless = server.admin().eval('while true do end', 0);
  await vi.waitFor(async () => expect(await outcome(opened.count())).toBe('BUSY'));
  const late = await Opened.open(server.url);
  expect(await outcome(late.count())).toBe('BUSY');
  await admin.script('KILL');
  await expect(endless).rejects.toThrow('killed');
  await opened.runs();
  await late.runs();
});

test("an error has a code and a message, and nothing of the driver's error", async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  const failing = toScript("return redis.error_reply('WHY because')");
  const error = await failure(opened.server.run(failing, [KEY], ['s3cret']));
  expect(error).toMatchObject({
    code: 'WHY',
    message: 'Redis answered with an error: WHY because',
  });
  expect(Object.keys(error).toSorted()).toEqual(['code', 'name']);
  expect(error.cause).toBeUndefined();
});
