import { afterEach, expect, test } from 'vitest';

import { IdentifyClient, type FetchLike } from '../src/index.ts';
import { answers, realFetch, ScriptedQueue, TestTiming, type Step } from '../testing/index.ts';

let running: ScriptedQueue | undefined;
afterEach(() => running?.stop());

const REASON = new Error('the shard closed');

async function scene(...steps: Step[]) {
  const started = await ScriptedQueue.start(...steps);
  running = started;
  const timing = new TestTiming();
  const controller = new AbortController();
  const client = new IdentifyClient({ url: started.url, timing });
  return {
    queue: started,
    timing,
    controller,
    client,
    request: { shard: 7, signal: controller.signal },
  };
}

test('aborted before the request: sends nothing', async () => {
  const { queue, client, controller, request } = await scene();
  controller.abort(REASON);
  await expect(client.identify(request)).rejects.toBe(REASON);
  expect(queue.identifies).toEqual([]);
});

test('while the request is held: hangs up', async () => {
  const { queue, timing, client, controller, request } = await scene(answers.hang());
  const permit = client.identify(request);
  await queue.until(() => queue.identifies.length === 1);
  controller.abort(REASON);
  await expect(permit).rejects.toBe(REASON);
  await queue.identifies[0]?.ended;
  expect(timing.limits.size).toBe(0);
  expect(queue.identifies).toHaveLength(1);
});

test('listens to the signal no longer than it needs to', async () => {
  const drops = Array.from({ length: 5 }, () => answers.drop());
  const { client } = await scene(...drops);
  const listeners = new Set<() => void>();
  await client.identify({
    shard: 7,
    signal: {
      aborted: false,
      reason: undefined,
      addEventListener: (_type, listener) => void listeners.add(listener),
      removeEventListener: (_type, listener) => void listeners.delete(listener),
    },
  });
  expect(listeners.size).toBe(0);
});

test('aborted between two tries: sends nothing more', async () => {
  const { queue, timing, client, controller, request } = await scene(answers.drop());
  const sleeping = timing.holdSleeps();
  const permit = client.identify(request);
  await sleeping;
  controller.abort(REASON);
  await expect(permit).rejects.toBe(REASON);
  expect(queue.identifies).toHaveLength(1);
});

/** A fetch that tells when the client begins to read an answer. */
function tellingFetch(): { fetch: FetchLike; reading: Promise<void> } {
  const reading = Promise.withResolvers<void>();
  async function* tellOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    reading.resolve();
    yield* body;
  }
  return {
    reading: reading.promise,
    async fetch(url, init) {
      const { status, headers, body } = await realFetch(url, init);
      return { status, headers, body: body && tellOf(body) };
    },
  };
}

test('in the middle of an answer: rejects at once, reads the rest and releases the permit', async () => {
  const half = answers.halfPermit();
  const { queue, timing, controller, request } = await scene(half.step);
  const { fetch, reading } = tellingFetch();
  const permit = new IdentifyClient({ url: queue.url, timing, fetch }).identify(request);
  await reading;
  controller.abort(REASON);
  await expect(permit).rejects.toBe(REASON);
  half.finish();
  await queue.until(() => queue.settles.length === 1);
  expect(queue.settled).toEqual([expect.stringMatching(/^DELETE \/v1\/permits\/permit-\d+$/)]);
});

test('in the middle of an answer that never ends: hangs up after 2 s', async () => {
  const half = answers.halfPermit();
  const { queue, timing, controller, request } = await scene(half.step);
  const { fetch, reading } = tellingFetch();
  const permit = new IdentifyClient({ url: queue.url, timing, fetch }).identify(request);
  await reading;
  controller.abort(REASON);
  await expect(permit).rejects.toBe(REASON);
  expect([...timing.limits].map(({ ms }) => ms)).toEqual([2000]);
  timing.runOut();
  await queue.identifies[0]?.ended;
  expect(queue.settles).toEqual([]);
});

test('with a fetch that ignores the signal: rejects at once, and releases a late permit', async () => {
  const { queue, timing, controller, request } = await scene();
  const late = Promise.withResolvers<Response>();
  let calls = 0;
  const slowFetch: FetchLike = (url, init) => {
    calls += 1;
    return calls === 1 ? late.promise : realFetch(url, init);
  };
  const client = new IdentifyClient({ url: queue.url, timing, fetch: slowFetch });
  const permit = client.identify(request);
  controller.abort(REASON);
  await expect(permit).rejects.toBe(REASON);
  late.resolve(
    Response.json({ id: 'a/b', bot: 'default', shard: 7, bucket: 0, grantedAt: 0, waitedMs: 0 }),
  );
  await queue.until(() => queue.settles.length === 1);
  expect(queue.settled).toEqual(['DELETE /v1/permits/a%2Fb']);
});

test('at the same moment as the permit: releases it', async () => {
  const { queue, timing, controller, request } = await scene();
  /** The end of the body is the last that happens before the client has the whole answer. */
  async function* abortAtTheEndOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    yield* body;
    queueMicrotask(() => controller.abort(REASON));
  }
  const client = new IdentifyClient({
    url: queue.url,
    timing,
    async fetch(url, init) {
      const { status, headers, body } = await realFetch(url, init);
      return { status, headers, body: body && abortAtTheEndOf(body) };
    },
  });
  await expect(client.identify(request)).rejects.toBe(REASON);
  await queue.until(() => queue.settles.length === 1);
  expect(queue.settles[0]?.method).toBe('DELETE');
});

test('a permit that comes after its request was given up is released, and another request is sent', async () => {
  const { queue, timing } = await scene();
  const late = Promise.withResolvers<Response>();
  let calls = 0;
  const client = new IdentifyClient({
    url: queue.url,
    timing,
    fetch(url, init) {
      calls += 1;
      return calls === 1 ? late.promise : realFetch(url, init);
    },
  });
  const permit = client.identify({ shard: 7 });
  timing.runOut();
  await expect(permit).resolves.toMatchObject({ shard: 7 });
  late.resolve(
    Response.json({ id: 'late', bot: 'default', shard: 7, bucket: 0, grantedAt: 0, waitedMs: 0 }),
  );
  await queue.until(() => queue.settles.length === 1);
  expect(queue.settled).toEqual(['DELETE /v1/permits/late']);
});
