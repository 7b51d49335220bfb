import { afterEach, describe, expect, test } from 'vitest';

import { IdentifyClient } from '../src/index.ts';
import { answers, ScriptedQueue, TestTiming, type Step } from '../testing/index.ts';

let running: ScriptedQueue | undefined;
afterEach(() => running?.stop());

const PERMIT = {
  id: 'a/b?c',
  bot: 'default',
  shard: 7,
  bucket: 0,
  grantedAt: '2026-01-01T00:00:00.000Z',
  waitedMs: 0,
};

async function scene(...steps: Step[]) {
  const started = await ScriptedQueue.start();
  started.onSettle(...steps);
  running = started;
  const timing = new TestTiming();
  const client = new IdentifyClient({ url: started.url, token: 't', timing });
  return { queue: started, timing, client };
}

describe.each([
  ['confirm', 'POST /v1/permits/a%2Fb%3Fc/confirm'],
  ['release', 'DELETE /v1/permits/a%2Fb%3Fc'],
] as const)('%s', (action, line) => {
  test('is sent to the queue, with the token', async () => {
    const { queue, client } = await scene();
    await expect(client[action](PERMIT)).resolves.toBe(true);
    expect(queue.settled).toEqual([line]);
    expect(queue.settles[0]?.headers.authorization).toBe('Bearer t');
  });

  test('resolves when it is called twice, and when the permit is unknown', async () => {
    const { client } = await scene(answers.status(204), answers.problem(404, 'unknown-permit'));
    await expect(client[action](PERMIT)).resolves.toBe(true);
    await expect(client[action](PERMIT)).resolves.toBe(false);
  });

  test('is sent again until the queue has answered', async () => {
    const { queue, timing, client } = await scene(
      answers.drop(),
      answers.status(503, { 'retry-after': '60' }),
      answers.status(404, {}, 'a proxy’s'),
      answers.status(200, {}, 'a page'),
    );
    await expect(client[action](PERMIT)).resolves.toBe(true);
    expect(queue.settled).toEqual([line, line, line, line, line]);
    expect(timing.sleeps).toEqual([50, 100, 200, 400]);
  });

  test('a request without an answer is given up and sent again', async () => {
    const { queue, timing, client } = await scene(answers.hang());
    const done = client[action](PERMIT);
    await queue.until(() => queue.settles.length === 1);
    timing.runOut();
    await expect(done).resolves.toBe(true);
    await queue.settles[0]?.ended;
  });

  test('resolves to false when the queue stays away until the permit’s time is over', async () => {
    const { queue, timing, client } = await scene();
    await queue.stop();
    await expect(client[action](PERMIT)).resolves.toBe(false);
    expect(timing.now()).toBeLessThan(10_000);
    expect(timing.now()).toBeGreaterThan(5000);
    const startedAt = timing.now();
    const confirmBy = '2026-01-01T00:00:30.000Z';
    await expect(client[action]({ ...PERMIT, confirmBy })).resolves.toBe(false);
    expect(timing.now() - startedAt).toBeLessThan(30_000);
    expect(timing.now() - startedAt).toBeGreaterThan(25_000);
  });

  test('resolves to false after a wrong token, without a second try', async () => {
    const { queue, client } = await scene(answers.problem(401, 'unauthorized'));
    await expect(client[action](PERMIT)).resolves.toBe(false);
    expect(queue.settles).toHaveLength(1);
  });
});
