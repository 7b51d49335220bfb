import { afterEach, describe, expect, test, vi } from 'vitest';

import { IdentifyClient, type IdentifyClientOptions, type Retry } from '../src/index.ts';
import { answers, ScriptedQueue, TestTiming, type Step } from '../testing/index.ts';

let running: ScriptedQueue | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await running?.stop();
});

async function scene(steps: Step[] = [], more: Partial<IdentifyClientOptions> = {}) {
  const queue = await ScriptedQueue.start(...steps);
  running = queue;
  const timing = new TestTiming();
  const retries: Retry[] = [];
  const options = {
    url: queue.url,
    timing,
    onRetry: (retry: Retry) => void retries.push(retry),
    ...more,
  };
  return { queue, timing, retries, client: new IdentifyClient(options) };
}

const WRONG_TOKEN = answers.problem(401, 'unauthorized', 'Send the token.');

/** The step so many times. */
const times = (count: number, step: Step): Step[] => Array.from({ length: count }, () => step);

test('a shard whose token is wrong for a minute gets its permit when the token is right', async () => {
  const { queue, timing, retries, client } = await scene();
  const wrongForAMinute: Step = (request) => {
    (timing.now() < 60_000 ? WRONG_TOKEN : answers.permit({ id: 'good' }))(request);
  };
  queue.script(...times(20, wrongForAMinute));
  await expect(client.identify({ shard: 3 })).resolves.toMatchObject({ id: 'good', shard: 3 });
  expect(timing.sleeps).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000]);
  expect(queue.identifies).toHaveLength(8);
  expect(retries).toHaveLength(7);
  expect(retries[0]).toEqual({
    action: 'identify',
    shard: 3,
    reason: 'the queue answered 401 unauthorized: Send the token.',
    status: 401,
    code: 'unauthorized',
    waitMs: 500,
  });
});

test.each([400, 401, 403, 404, 405, 410, 422])(
  'a problem of the queue with status %i is waited on, and reported without the token',
  async (status) => {
    const refusal = answers.problem(status, 'some-code', 'In words.');
    const { timing, retries, client } = await scene([refusal, refusal], { token: 's3cret' });
    await expect(client.identify({ shard: -1 })).resolves.toMatchObject({ shard: -1 });
    expect(timing.sleeps).toEqual([500, 1000]);
    expect(retries[0]).toMatchObject({ status, code: 'some-code' });
    expect(retries[0]?.reason).toContain('In words.');
    expect(JSON.stringify(retries)).not.toContain('s3cret');
  },
);

test('the waits after refusals grow to a minute, each with jitter up to its whole step', async () => {
  const { timing, client } = await scene(times(9, WRONG_TOKEN));
  timing.randomValue = 1;
  await client.identify({ shard: 0 });
  expect(timing.sleeps).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test('after another answer in between, the waits begin again at their first step', async () => {
  const full = answers.status(503, { 'x-retry-after-ms': '700' });
  const { timing, client } = await scene([WRONG_TOKEN, WRONG_TOKEN, full, WRONG_TOKEN]);
  await client.identify({ shard: 0 });
  expect(timing.sleeps).toEqual([500, 1000, 700, 500]);
});

test('aborted between two refusals: rejects with the reason, and asks no more', async () => {
  const { queue, timing, client } = await scene(times(5, WRONG_TOKEN));
  const controller = new AbortController();
  const sleeping = timing.holdSleeps();
  const permit = client.identify({ shard: 7, signal: controller.signal });
  await sleeping;
  const reason = new Error('the bot stops');
  controller.abort(reason);
  await expect(permit).rejects.toBe(reason);
  expect(queue.identifies).toHaveLength(1);
});

async function sceneWithWarnings(steps: Step[]) {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  return { ...(await scene(steps, { onRetry: undefined })), warn };
}

describe('without onRetry', () => {
  test('a refusal is a process warning, once for each problem until a shard has a permit', async () => {
    const { warn, client } = await sceneWithWarnings([
      WRONG_TOKEN,
      WRONG_TOKEN,
      answers.problem(400, 'unknown-bot'),
      WRONG_TOKEN,
      answers.permit(),
      WRONG_TOKEN,
    ]);
    await client.identify({ shard: 4 });
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^Shard 4 .*401 unauthorized: Send the token\./), 'IdentifyWarning'],
      [expect.stringContaining('400 unknown-bot.'), 'IdentifyWarning'],
    ]);
    await client.identify({ shard: 4 });
    expect(warn).toHaveBeenCalledTimes(3);
  });

  test('a queue that is out of reach for some seconds is a process warning', async () => {
    const { warn, timing, client } = await sceneWithWarnings(times(30, answers.drop()));
    const warnedAt: number[] = [];
    warn.mockImplementation(() => void warnedAt.push(timing.now()));
    await client.identify({ shard: 4 });
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('fetch failed'),
      'IdentifyWarning',
    );
    expect(warnedAt[0]).toBeGreaterThan(1000);
  });

  test('a restart of the queue is no warning', async () => {
    const { warn, client } = await sceneWithWarnings([
      answers.status(503, { 'retry-after': '1' }),
      ...times(4, answers.drop()),
    ]);
    await client.identify({ shard: 4 });
    expect(warn).not.toHaveBeenCalled();
  });
});
