import { expect, onTestFinished, test } from 'vitest';
import { limiterScripts } from '../src/scripts/scripts.ts';
import { Crowd } from './crowd.ts';
import { useRedis } from './servers/file-servers.ts';
import { TIME_SOURCE } from './timed-server.ts';

const LONG = { timeout: 120_000 };
const INTERVALS = 10;

const redis = useRedis();
const enter = limiterScripts(TIME_SOURCE).of('enter');

interface Cost {
  readonly permits: number;
  /** Scripts for each permit, without `enter`, which one script does for many shards. */
  readonly scripts: number;
  /** Commands for each permit, including those that scripts call. */
  readonly commands: number;
}

test('P9 P10 a permit costs the server as much whether 500 wait or 5000', LONG, async () => {
  const few = await measure(500);
  const many = await measure(5000);
  expect(few.permits).toBe(INTERVALS * Crowd.buckets);
  expect(many.permits).toBe(INTERVALS * Crowd.buckets);
  expect(many.scripts / few.scripts).toBeLessThan(1.2);
  expect(many.commands / few.commands).toBeLessThan(1.2);
});

/** Measures a crowd that stays as large as it is. */
async function measure(waiters: number): Promise<Cost> {
  const crowd = await Crowd.open(redis());
  onTestFinished(() => crowd.dispose());
  await crowd.ask(waiters);
  // The first permits, to lines that have just been formed, are left out.
  await crowd.advance(Crowd.intervalMs * 4);
  const { commands } = crowd.harness.connection;
  const scripts = () => crowd.server.total - crowd.server.callsOf(enter);
  const before = { permits: crowd.permits, scripts: scripts() };
  await commands.call('CONFIG', 'RESETSTAT');
  await crowd.advance(Crowd.intervalMs * INTERVALS);
  const permits = crowd.permits - before.permits;
  const stats = String(await commands.call('INFO', 'commandstats'));
  const calls = Array.from(stats.matchAll(/calls=(\d+)/g), ([, count]) => Number(count));
  return {
    permits,
    scripts: (scripts() - before.scripts) / permits,
    commands: calls.reduce((sum, count) => sum + count, 0) / permits,
  };
}
