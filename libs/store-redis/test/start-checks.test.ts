import { expect, test, vi } from 'vitest';
import { type RedisError, RedisStartError } from '../src/index.ts';
import { DOCUMENTED_USER } from './documented-user.ts';
import { OneServer } from './servers/one-server.ts';
import { failure, Opened, outcome } from './opened.ts';

/** The error with which the server is refused. */
async function refusal(url: string): Promise<RedisError> {
  const error = await failure(Opened.open(url));
  expect(error).toBeInstanceOf(RedisStartError);
  return error;
}

function withLogin({ port }: OneServer, login: string): string {
  return `redis://${login}@127.0.0.1:${port}`;
}

test('no password where there has to be one', async () => {
  const server = await OneServer.start({ args: ['--requirepass', 's3cret'] });
  const { code, message } = await refusal(server.url);
  expect(code).toBe('NOAUTH');
  expect(message).toContain('asks for a password');
  const opened = await Opened.open(withLogin(server, ':s3cret'));
  expect(await outcome(opened.count())).toBe('ok');
});

test.each([':wr0ng', 'admin:wr0ng'])('a wrong password: %s', async (login) => {
  const server = await OneServer.start({ args: ['--requirepass', 's3cret'] });
  const error = await refusal(withLogin(server, login));
  expect(error.code).toBe('WRONGPASS');
  expect(error.message).toContain('does not accept this user and password');
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('wr0ng');
});

test('the user of docs/redis.md suffices', async () => {
  const server = await OneServer.start();
  await server.admin().acl('SETUSER', 'queue', 'on', '>s3cret', ...DOCUMENTED_USER);
  const opened = await Opened.open(withLogin(server, 'queue:s3cret'));
  expect(await outcome(opened.count())).toBe('ok');
});

test.each([
  ['INFO', ['-info'], 'lacks permissions'],
  ['scripts', ['-eval'], 'lacks permissions'],
  ['scripts by their name', ['-evalsha'], 'lacks permissions'],
  ['what scripts call', ['-hset', '-zadd'], 'may not use HSET, ZADD in scripts'],
  ['the keys', ['resetkeys', '~other:*'], 'lacks permissions'],
  ['the channel', ['resetchannels', '&other:*'], 'may not use PUBLISH in scripts'],
  ['announcements', ['-subscribe'], 'lacks permissions'],
])('a user that may not use %s', async (_what, without, words) => {
  const server = await OneServer.start();
  const rules = [...DOCUMENTED_USER, ...without];
  await server.admin().acl('SETUSER', 'queue', 'on', '>s3cret', ...rules);
  const { code, message } = await refusal(withLogin(server, 'queue:s3cret'));
  expect(code).toBe('NOPERM');
  expect(message).toContain(words);
});

test('a server that throws data away', async () => {
  const server = await OneServer.start();
  const admin = server.admin();
  await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await Opened.open(server.url);
  await admin.config('SET', 'maxmemory', '100mb');
  const { code, message } = await refusal(server.url);
  expect(code).toBe('EVICTION');
  expect(message).toContain('maxmemory-policy allkeys-lru');
  await admin.config('SET', 'maxmemory-policy', 'noeviction');
  await Opened.open(server.url);
});

test('a replica', async () => {
  const server = await OneServer.start();
  await server.admin().replicaof('127.0.0.1', '1');
  expect(await refusal(server.url)).toMatchObject({ code: 'REPLICA' });
});

test('a member of a cluster, named by a plain URL', async () => {
  const server = await OneServer.start({ args: ['--cluster-enabled', 'yes'] });
  const { code, message } = await refusal(server.url);
  expect(code).toBe('MODE');
  expect(message).toContain('write redis+cluster://');
});

test('a plain server, named by the URL of a cluster', async () => {
  const server = await OneServer.start();
  const { code, message } = await refusal(server.url.replace('redis:', 'redis+cluster:'));
  expect(code).toBe('MODE');
  expect(message).toContain('without +cluster');
});

test('a plain server where a Sentinel should be', async () => {
  const server = await OneServer.start();
  const url = `redis+sentinel://127.0.0.1:${server.port}/mymaster`;
  const { code, message } = await refusal(url);
  expect(code).toBe('MODE');
  expect(message).toContain('no Sentinel is there');
});

test('a database that does not exist', async () => {
  const server = await OneServer.start();
  expect(await refusal(`${server.url}/99`)).toMatchObject({ code: 'DATABASE' });
  const opened = await Opened.open(`${server.url}/9`);
  await opened.count();
  expect(await server.admin().exists('gateway-queue:{test}:count')).toBe(0);
});

test('a server that cannot be used later is reported, and no script runs until it is mended', async () => {
  const server = await OneServer.prepare({ args: ['--requirepass', 's3cret'] });
  const opened = await Opened.open(server.url);
  await opened.reports('ECONNREFUSED');
  await server.start();
  const problem = await opened.reports('NOAUTH');
  expect(problem).toBeInstanceOf(RedisStartError);
  // A script may still end with the error of the connection before.
  await vi.waitFor(async () => expect(await outcome(opened.count())).toBe('NOAUTH'), 10_000);
  await server.admin({ password: 's3cret' }).config('SET', 'requirepass', '');
  await opened.runs();
});
