import { EventEmitter } from 'node:events';

import { afterEach, describe, expect, test } from 'vitest';

import { identifyThrottler, type IdentifyThrottlerOptions } from '../src/index.ts';
import { answers, realFetch, ScriptedQueue, TestTiming, type Step } from '../testing/index.ts';

let running: ScriptedQueue | undefined;
afterEach(() => running?.stop());

const NEVER = new AbortController().signal;
const REASON = new Error('the shard closed');

/** Aborts so many microtasks from now. */
async function abortIn(microtasks: number, controller: AbortController): Promise<void> {
  for (let left = microtasks; left > 0; left -= 1) await Promise.resolve();
  controller.abort(REASON);
}

async function scene(steps: Step[] = [], options: Partial<IdentifyThrottlerOptions> = {}) {
  const started = await ScriptedQueue.start(...steps);
  running = started;
  const timing = new TestTiming();
  const manager = new EventEmitter();
  const build = identifyThrottler({ url: started.url, timing, ...options });
  return { queue: started, timing, manager, build, throttler: build(manager) };
}

describe.each([
  ['@discordjs/ws 2', (shard: number): unknown[] => [{ session_id: 's' }, shard]],
  [
    '@discordjs/ws 1',
    (shard: number): unknown[] => [{ data: { session_id: 's' }, shardId: shard }],
  ],
])('with the events of %s', (_version, ready) => {
  test('confirms the permit of a shard that is READY, once', async () => {
    const { queue, manager, throttler } = await scene([
      answers.permit({ id: 'zero' }),
      answers.permit({ id: 'one' }),
    ]);
    await throttler.waitForIdentify(0, NEVER);
    await throttler.waitForIdentify(1, NEVER);
    expect(queue.identifies.map(({ query }) => query.get('confirm'))).toEqual(['true', 'true']);
    expect(queue.settled).toEqual([]);
    manager.emit('ready', ...ready(1));
    await queue.until(() => queue.settles.length === 1);
    manager.emit('ready', ...ready(1));
    manager.emit('ready', ...ready(0));
    await queue.until(() => queue.settles.length === 2);
    expect(queue.settled).toEqual([
      'POST /v1/permits/one/confirm',
      'POST /v1/permits/zero/confirm',
    ]);
  });
});

test('a shard that asks again without READY: the earlier permit is left to expire', async () => {
  const { queue, manager, throttler } = await scene([
    answers.permit({ id: 'first' }),
    answers.permit({ id: 'second' }),
  ]);
  await throttler.waitForIdentify(3, NEVER);
  manager.emit('closed', 1006, 3);
  await throttler.waitForIdentify(3, NEVER);
  manager.emit('ready', {}, 3);
  await queue.until(() => queue.settles.length === 1);
  expect(queue.settled).toEqual(['POST /v1/permits/second/confirm']);
});

test('an event of an unknown shape confirms nothing', async () => {
  const { queue, manager, throttler } = await scene();
  await throttler.waitForIdentify(0, NEVER);
  for (const args of [[], [null], [{}], [{ shardId: '0' }], ['0']]) manager.emit('ready', ...args);
  expect(queue.settled).toEqual([]);
  manager.emit('ready', {}, 0);
  await queue.until(() => queue.settles.length === 1);
});

test('a manager has one throttler and one listener, however often it builds one', async () => {
  const { manager, build, throttler } = await scene();
  expect(build(manager)).toBe(throttler);
  expect(manager.listenerCount('ready')).toBe(1);
  const other = new EventEmitter();
  expect(build(other)).not.toBe(throttler);
  expect(other.listenerCount('ready')).toBe(1);
});

test('with confirm false asks for plain permits and confirms nothing', async () => {
  const { queue, manager, throttler } = await scene([], { confirm: false, priority: 'high' });
  await throttler.waitForIdentify(0, NEVER);
  manager.emit('ready', {}, 0);
  await throttler.waitForIdentify(0, NEVER);
  expect(queue.identifies[0]?.query.get('confirm')).toBe('false');
  expect(queue.identifies[0]?.query.get('priority')).toBe('high');
  expect(queue.settled).toEqual([]);
});

test('aborted while it waits: rejects with the reason and hangs up', async () => {
  const { queue, throttler } = await scene([answers.hang()]);
  const controller = new AbortController();
  const permit = throttler.waitForIdentify(0, controller.signal);
  await queue.until(() => queue.identifies.length === 1);
  controller.abort(REASON);
  await expect(permit).rejects.toBe(REASON);
  await queue.identifies[0]?.ended;
});

test('aborted in any moment around the permit: released, or handed to the shard, never both', async () => {
  const outcomes = new Set<string>();
  for (let moment = 0; moment < 30; moment += 1) {
    const controller = new AbortController();
    async function* abortAfter(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      yield* body;
      void abortIn(moment, controller);
    }
    const { queue, throttler } = await scene([], {
      async fetch(url, init) {
        const { status, headers, body } = await realFetch(url, init);
        return { status, headers, body: body && abortAfter(body) };
      },
    });
    const outcome = await throttler.waitForIdentify(0, controller.signal).then(
      () => 'handed over',
      () => 'released',
    );
    outcomes.add(outcome);
    if (outcome === 'released') await queue.until(() => queue.settles.length === 1);
    expect(queue.settles.map(({ method }) => method)).toEqual(
      outcome === 'released' ? ['DELETE'] : [],
    );
    await queue.stop();
  }
  expect(outcomes).toEqual(new Set(['released', 'handed over']));
});

test('a refusal never rejects: the shard waits, and its call gets the permit', async () => {
  const reasons: string[] = [];
  const { timing, throttler } = await scene(
    [answers.problem(401, 'unauthorized'), answers.problem(400, 'unknown-bot')],
    { onRetry: ({ reason }) => void reasons.push(reason) },
  );
  await expect(throttler.waitForIdentify(0, NEVER)).resolves.toBeUndefined();
  expect(timing.sleeps).toEqual([500, 1000]);
  expect(reasons).toEqual([
    'the queue answered 401 unauthorized',
    'the queue answered 400 unknown-bot',
  ]);
});

test('aborted between two tries after a refusal: rejects with the reason', async () => {
  const { timing, throttler } = await scene([answers.problem(400, 'unknown-bot')], {
    onRetry() {
      throw new Error('a mistake');
    },
  });
  const controller = new AbortController();
  const sleeping = timing.holdSleeps();
  const permit = throttler.waitForIdentify(0, controller.signal);
  await sleeping;
  controller.abort(REASON);
  await expect(permit).rejects.toBe(REASON);
});
