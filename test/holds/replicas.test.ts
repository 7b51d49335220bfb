import { afterEach, expect, test, vi } from 'vitest';

import { adminAt } from '../support/admin/admin-cluster.ts';
import { ADMIN_TOKENS } from '../support/admin/operators.ts';
import { Cluster } from '../support/cluster/cluster.ts';
import { linesWith, logged } from '../support/service/log.ts';

/** Until what the state says is what is, ms. */
const SEEN = { interval: 50, timeout: 20_000 };

let cluster: Cluster | undefined;
afterEach(async () => {
  cluster?.redis.signal('SIGCONT');
  await cluster?.end();
});

test('P12 each replica logs what holds its requests back once and once more when it is over; the API adds them up', async () => {
  const running = await Cluster.start(2, { ADMIN_TOKENS, IDENTIFY_INTERVAL_MS: '100' });
  cluster = running;
  const [first, second] = [running.replica(0), running.replica(1)];
  const admin = adminAt(running, 0);
  await admin.put('/bots/default/pause', { reason: 'Moving house' });
  const asked = [];
  for (const shard of [0, 1, 2]) asked.push(await running.join(shard % 2, shard));
  const paused = 'Bot default is paused by ada, until an operator resumes it: "Moving house".';
  await logged(first, `${paused} This holds back 2 requests`);
  await logged(second, `${paused} This holds back 1 request`);
  const holds = { paused: { reason: 'paused', waiting: 3 } };
  await vi.waitFor(async () => {
    expect(await admin.read('/bots/default')).toMatchObject({ holds });
  }, SEEN);
  expect(await ready(second.url)).toMatchObject({
    status: 'degraded',
    details: { holds: { holds: [{ reason: 'paused', waiting: 1 }] } },
  });

  running.redis.signal('SIGSTOP');
  const away = 'so bot default is given no permit. This holds back 2 requests';
  await logged(first, away);
  expect(await ready(first.url)).toMatchObject({
    status: 'error',
    details: {
      limiter: { status: 'down' },
      holds: { holds: [{ reason: 'paused' }, { reason: 'limiter-unavailable', waiting: 2 }] },
    },
  });
  running.redis.signal('SIGCONT');
  await logged(first, "The limiter's store answers for bot default again");

  await admin.delete('/bots/default/pause');
  for (const { answer } of asked) expect((await answer)?.status).toBe(200);
  const over = 'Bot default is not paused any more';
  for (const replica of [first, second]) {
    await logged(replica, over);
    expect(linesWith(replica, paused)).toMatchObject([{ level: 'warn' }]);
    expect(linesWith(replica, over)).toHaveLength(1);
  }
  await vi.waitFor(async () => {
    expect(await ready(first.url)).toMatchObject({ status: 'ok' });
    expect(await admin.read('/bots/default')).toMatchObject({ holds: {} });
  }, SEEN);
});

async function ready(url: string): Promise<unknown> {
  const response = await fetch(`${url}/health/ready`, { headers: { connection: 'close' } });
  const body: unknown = await response.json();
  return body;
}
