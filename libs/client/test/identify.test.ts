import { afterEach, expect, test } from 'vitest';

import { IdentifyClient, type Retry } from '../src/index.ts';
import { answers, ScriptedQueue, TestTiming, type Step } from '../testing/index.ts';

let running: ScriptedQueue | undefined;
afterEach(() => running?.stop());

async function scene(...steps: Step[]) {
  const started = await ScriptedQueue.start(...steps);
  running = started;
  const timing = new TestTiming();
  const retries: Retry[] = [];
  const options = { url: started.url, timing, onRetry: (retry: Retry) => retries.push(retry) };
  return { queue: started, timing, retries, options, client: new IdentifyClient(options) };
}

test('sends one request with everything in the query, and returns the permit', async () => {
  const { queue, client } = await scene(answers.permit({ id: 'one', bucket: 2 }));
  await expect(client.identify({ shard: 18 })).resolves.toEqual({
    id: 'one',
    bot: 'default',
    shard: 18,
    bucket: 2,
    grantedAt: '2026-01-01T00:00:00.000Z',
    waitedMs: 12,
  });
  const [asked] = queue.identifies;
  expect(asked).toMatchObject({ method: 'POST', path: '/v1/identify' });
  expect([...(asked?.query ?? [])]).toEqual([
    ['shard', '18'],
    ['maxWaitMs', '45000'],
  ]);
  expect(asked?.headers).not.toHaveProperty('authorization');
  expect(asked?.headers['content-length']).toBe('0');
});

test('encodes the parameters, and sends the token as a bearer token', async () => {
  const { queue, options } = await scene();
  const client = new IdentifyClient({
    ...options,
    url: `${queue.url}/behind/a proxy/`,
    token: 'of-the-queue',
    bot: 'a&b=ü ?#',
    maxWaitMs: 1234,
  });
  const permit = await client.identify({ shard: 0, priority: 'high', confirm: true });
  expect(permit).toMatchObject({ bot: 'a&b=ü ?#', confirmBy: '2026-01-01T00:00:10.000Z' });
  const [asked] = queue.identifies;
  expect(asked?.path).toBe('/behind/a%20proxy/v1/identify');
  expect(Object.fromEntries(asked?.query ?? [])).toEqual({
    shard: '0',
    bot: 'a&b=ü ?#',
    priority: 'high',
    confirm: 'true',
    maxWaitMs: '1234',
  });
  expect(asked?.headers.authorization).toBe('Bearer of-the-queue');
});

test.each([429, 503])(
  'after a %i waits as long as the queue says, with a little jitter',
  async (status) => {
    const { timing, client, retries } = await scene(
      answers.status(status, { 'x-retry-after-ms': '7300', 'retry-after': '8' }),
      answers.status(status, { 'retry-after': '3' }),
    );
    timing.randomValue = 0.5;
    await client.identify({ shard: 4 });
    expect(timing.sleeps).toEqual([7350, 3050]);
    expect(retries[0]).toMatchObject({ action: 'identify', shard: 4, waitMs: 7350 });
  },
);

test('asks again long before the place is lost, however long the queue says to wait', async () => {
  const { timing, client } = await scene(answers.status(429, { 'retry-after': '36000' }));
  await client.identify({ shard: 0 });
  expect(timing.sleeps).toEqual([30_000]);
});

test('after a request that was held, asks again as soon as the queue says', async () => {
  const { timing, client } = await scene(({ response }) => {
    timing.pass(45_000);
    response.writeHead(429, { 'x-retry-after-ms': '0' }).end();
  });
  await client.identify({ shard: 0 });
  expect(timing.sleeps).toEqual([0]);
});

test('backs off when quick answers keep saying to ask again at once', async () => {
  const refusals = Array.from({ length: 8 }, () => answers.status(429, { 'retry-after': '0' }));
  const { timing, client } = await scene(...refusals);
  await client.identify({ shard: 0 });
  expect(timing.sleeps).toEqual([50, 100, 200, 400, 800, 1600, 2500, 2500]);
});

const troubles: [string, Step][] = [
  ['a connection that drops', answers.drop()],
  ['an answer that breaks off', answers.breakOff()],
  ['a 500', answers.status(500)],
  ['a 502 page', answers.status(502, { 'content-type': 'text/html' }, '<h1>Bad Gateway</h1>')],
  ['a 429 that says nothing', answers.status(429)],
  ['a 503 that says nonsense', answers.status(503, { 'retry-after': 'soon' })],
  ['an endless answer', answers.flood()],
];
const strangeAnswers: [string, Step][] = [
  ['a 404 of a proxy', answers.status(404, { 'content-type': 'text/html' }, 'no such host')],
  ['a redirect', answers.status(302, { location: 'http://127.0.0.1:1/' })],
  ['a 204', answers.status(204)],
  ['a 200 with nothing', answers.status(200)],
  ['a 200 with a page', answers.status(200, {}, '<html>Please log in</html>')],
  ['the answer of another queue', answers.status(200, {}, '{"message": "You\'re free!"}')],
  ['a list', answers.status(200, {}, '[1]')],
  ['null', answers.status(200, {}, 'null')],
  ['a permit without id', answers.permit({ id: undefined })],
  ['a permit with an empty id', answers.permit({ id: '' })],
  ['a permit of another shard', answers.permit({ shard: 5 })],
  ['a permit with no bucket', answers.permit({ bucket: 'x' })],
  ['a permit with no time', answers.permit({ grantedAt: 'yesterday-ish' })],
  ['a 401 of a proxy', answers.status(401, { 'www-authenticate': 'Basic' }, 'no entry')],
];
test.each([
  ...troubles.map(([name, step]) => ({ name, step, waitMs: 50 })),
  ...strangeAnswers.map(([name, step]) => ({ name, step, waitMs: 500 })),
])('$name is no permit: asks again after $waitMs ms', async ({ step, waitMs }) => {
  const { queue, timing, retries, client } = await scene(step, answers.permit({ id: 'good' }));
  await expect(client.identify({ shard: 3 })).resolves.toMatchObject({ id: 'good', shard: 3 });
  expect(queue.identifies).toHaveLength(2);
  expect(timing.sleeps).toEqual([waitMs]);
  expect(retries[0]?.reason).not.toBe('');
  expect(timing.limits.size).toBe(0);
});

test('a permit of another bot is no permit', async () => {
  const { queue, options } = await scene(answers.permit({ bot: 'default' }));
  const client = new IdentifyClient({ ...options, bot: 'music' });
  await expect(client.identify({ shard: 3 })).resolves.toMatchObject({ bot: 'music' });
  expect(queue.identifies).toHaveLength(2);
});

test('a request without an answer is given up a little after maxWaitMs', async () => {
  const { queue, timing, client } = await scene(answers.hang());
  const permit = client.identify({ shard: 3 });
  await queue.until(() => queue.identifies.length === 1);
  expect([...timing.limits].map(({ ms }) => ms)).toEqual([50_000]);
  timing.runOut();
  await queue.identifies[0]?.ended;
  await expect(permit).resolves.toMatchObject({ shard: 3 });
});

test('waits until a queue that is down is up again', async () => {
  const { queue, options } = await scene();
  await queue.stop();
  const failed = Promise.withResolvers<void>();
  const reasons: string[] = [];
  const client = new IdentifyClient({
    ...options,
    // Real waits, so that the tries do not run away while the queue starts.
    timing: undefined,
    onRetry: ({ reason }) => {
      reasons.push(reason);
      if (reasons.length === 2) failed.resolve();
    },
  });
  const permit = client.identify({ shard: 1 });
  await failed.promise;
  await queue.listen();
  await expect(permit).resolves.toMatchObject({ shard: 1 });
  expect(reasons[0]).toContain('ECONNREFUSED');
});

test('reads times in ms as well', async () => {
  const { client } = await scene(answers.permit({ grantedAt: 0, confirmBy: 10_000 }));
  await expect(client.identify({ shard: 0 })).resolves.toMatchObject({
    grantedAt: '1970-01-01T00:00:00.000Z',
    confirmBy: '1970-01-01T00:00:10.000Z',
  });
});

test('an onRetry that throws costs no shard its permit', async () => {
  const { options } = await scene(answers.drop());
  const client = new IdentifyClient({
    ...options,
    onRetry() {
      throw new Error('a mistake');
    },
  });
  await expect(client.identify({ shard: 0 })).resolves.toMatchObject({ shard: 0 });
});

test.each([
  [{ url: 'queue:8080' }, 'url'],
  [{ url: 'http://user:hunter2@queue' }, 'url'],
  [{ url: 'http://queue/?shard=1' }, 'url'],
  [{ url: 'http://queue', token: 'hunter2\n' }, 'token'],
  [{ url: 'http://queue', maxWaitMs: 0.5 }, 'maxWaitMs'],
])(
  'options that can never work are refused, by name and without their value: %j',
  (options, name) => {
    expect(() => new IdentifyClient(options)).toThrow(new RegExp(`^${name} (?!.*hunter2)`));
  },
);
