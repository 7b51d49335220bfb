import { expect, test, vi } from 'vitest';
import { RedisStartError } from '../src/index.ts';
import { OneSentinel } from './servers/one-sentinel.ts';
import { OneServer } from './servers/one-server.ts';
import { failure, Opened, outcome, PREFIX } from './opened.ts';

test('P1: when the master died, the connection goes to the one that took over', async () => {
  const sentinels = await OneSentinel.start();
  const opened = await Opened.open(sentinels.url);
  const missed = vi.fn<() => void>();
  const changes: unknown[] = [];
  opened.server.onMissed(missed);
  opened.server.onChange((change) => changes.push(change));
  expect(await opened.count()).toBe(1);
  await sentinels.master.kill();
  await opened.runs();
  await vi.waitFor(() => expect(missed).toHaveBeenCalled(), { timeout: 10_000 });
  await sentinels.replica.admin().publish(`${PREFIX}:changes`, '{"bot":"default","bucket":3}');
  await vi.waitFor(() => expect(changes).toHaveLength(1));
  expect(opened.problems.some((problem) => problem instanceof RedisStartError)).toBe(false);
});

test('P1: a connection to a master that was replaced is given up, though that master lives and would still write', async () => {
  const sentinels = await OneSentinel.start();
  const opened = await Opened.open(sentinels.url);
  expect(await opened.count()).toBe(1);
  await sentinels.sentinel.admin().call('SENTINEL', 'FAILOVER', 'mymaster');
  const key = `${PREFIX}:{test}:count`;
  const promoted = sentinels.replica.admin();
  await vi.waitFor(
    async () => {
      await outcome(opened.count());
      const counts = await Promise.all([promoted.get(key), sentinels.master.admin().get(key)]);
      expect(Number(counts[0])).toBeGreaterThan(Number(counts[1]));
    },
    { timeout: 10_000, interval: 50 },
  );
});

test('Sentinels that are not there are waited for', async () => {
  const { port } = await OneServer.prepare();
  const opened = await Opened.open(`redis+sentinel://127.0.0.1:${port},127.0.0.1:${port}/mymaster`);
  expect(await outcome(opened.count())).toBe('SENTINEL');
  expect(opened.problems[0]?.message).toContain('No Sentinel can be reached');
});

test('a master that the Sentinels do not know', async () => {
  const { sentinel } = await OneSentinel.start();
  const error = await failure(Opened.open(`redis+sentinel://127.0.0.1:${sentinel.port}/other`));
  expect(error).toBeInstanceOf(RedisStartError);
  expect(error.message).toContain('no master of this name');
});

test('a Sentinel, named by a plain URL', async () => {
  const { sentinel } = await OneSentinel.start();
  const error = await failure(Opened.open(`redis://127.0.0.1:${sentinel.port}`));
  expect(error).toBeInstanceOf(RedisStartError);
  expect(error.message).toContain('a Sentinel is there');
});

test('the Sentinels have a login of their own', async () => {
  const sentinels = await OneSentinel.start();
  await sentinels.sentinel.admin().acl('SETUSER', 'watcher', 'on', '>s3cret', '+@all');
  await sentinels.sentinel.admin().acl('SETUSER', 'default', 'resetpass', '>other');
  const refused = await failure(Opened.open(sentinels.url));
  expect(refused).toMatchObject({ name: 'RedisStartError', code: 'NOAUTH' });
  expect(refused.message).toContain('sentinel_password');
  const login = 'sentinel_username=watcher&sentinel_password=';
  const wrong = await failure(Opened.open(`${sentinels.url}?${login}wr0ng`));
  expect(wrong).toMatchObject({ name: 'RedisStartError', code: 'WRONGPASS' });
  expect(wrong.message).not.toContain('wr0ng');
  const opened = await Opened.open(`${sentinels.url}?${login}s3cret`);
  expect(await outcome(opened.count())).toBe('ok');
});
