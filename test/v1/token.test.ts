import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { startService, type Service } from '../support/service/service.ts';
import { problem, shown } from '../support/v1/expected.ts';
import { idOf, V1Client } from '../support/v1/client.ts';
import { ask } from '../support/http/ask.ts';
import { granted } from '../support/queue/permit-log.ts';
import { permit } from '../support/queue/expected.ts';

const TOKEN = 'canary-3b9f.queue~token/0123456789==';

const SETTINGS = {
  IDENTIFY_INTERVAL_MS: '20',
  IDENTIFY_MARGIN_MS: '0',
  // No shard is ever throttled, however often it asks.
  CRASH_LOOP_BELOW: '0',
  LOG_LEVEL: 'trace',
};

let service: Service | undefined;
afterEach(async () => {
  await service?.kill();
  await removeDataDirs();
});

/** Ways to be wrong: without any header, and with each of these. */
const WRONG = [
  '',
  'Bearer',
  'Bearer ',
  'Bearer x',
  `Bearer ${TOKEN}x`,
  `Bearer ${TOKEN.slice(0, -1)}`,
  `Bearer ${TOKEN.toUpperCase()}`,
  `Bearer "${TOKEN}"`,
  `Bearer ${TOKEN}, Bearer ${TOKEN}`,
  `Bearer Bearer ${TOKEN}`,
  `Bot ${TOKEN}`,
  `Basic ${Buffer.from(TOKEN).toString('base64')}`,
  `Bearer ${'x'.repeat(5000)}`,
];

const UUID = '0d9b3a52-0f4e-4c11-9d6a-0b8f4f1f2a77';

const GUARDED = [
  ['GET', '/?shard=1'],
  ['POST', '/'],
  ['GET', `/?shard=1&token=${TOKEN}`],
  ['POST', '/v1/identify?shard=1'],
  // What else is wrong is only for those to know who are let in.
  ['GET', '/?shard=x'],
  ['POST', '/v1/identify?bot=nobody'],
  ['POST', `/v1/permits/default:${UUID}/confirm`],
  ['DELETE', `/v1/permits/default:${UUID}`],
  ['POST', '/v1/identify?shardId=1'],
  ['DELETE', `/v1/permits/default:${UUID}?x=1`],
] as const;

async function expectGuarded(running: Service): Promise<void> {
  const { url } = running;
  const bodies = new Set<string>();
  for (const [method, target] of GUARDED) {
    for (const authorization of [undefined, ...WRONG]) {
      const headers = authorization === undefined ? [] : [`Authorization: ${authorization}`];
      const answer = await ask(running, { method, target, headers: ['Host: queue', ...headers] });
      expect([`${method} ${target} ${authorization}`, shown(answer)]).toEqual([
        `${method} ${target} ${authorization}`,
        problem(401, 'unauthorized'),
      ]);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer\b/);
      bodies.add(answer.body);
    }
  }
  expect(bodies.size).toBe(1);
  expect(granted(running)).toEqual([]);

  for (const path of ['/health/live', '/health/ready', '/docs', '/docs-json']) {
    const response = await fetch(url + path);
    expect([path, response.status]).toEqual([path, 200]);
    expect(await response.text()).not.toContain(TOKEN);
  }
  expect((await fetch(`${url}/nothing`)).status).toBe(404);
}

async function expectOpen(running: Service): Promise<void> {
  for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer  ']) {
    const headers = ['Host: queue', `Authorization: ${scheme} ${TOKEN}`];
    expect(await ask(running, { target: '/?shard=1', headers })).toMatchObject(permit());
  }
  const client = new V1Client(running.url, { authorization: `Bearer ${TOKEN}` });
  const answer = await client.identify({ shard: 1, confirm: true });
  expect(answer.status).toBe(200);
  expect((await client.confirm(idOf(answer))).status).toBe(204);
  const unused = await client.identify({ shard: 2 });
  expect((await client.release(idOf(unused))).status).toBe(204);
  expect(shown(await client.identify({ shard: 'x' }))).toMatchObject({ status: 400 });
}

async function expectUnsaid(running: Service): Promise<void> {
  expect(await running.stop()).toBe(0);
  expect(running.output()).toContain('A shard may identify');
  for (const secret of [TOKEN, TOKEN.slice(0, 12), TOKEN.toUpperCase()]) {
    expect(running.output()).not.toContain(secret);
  }
}

test('/ and /v1 ask for QUEUE_TOKEN, always in the same words, and it is never in the log', async () => {
  service = await startService({ ...SETTINGS, QUEUE_TOKEN: TOKEN });
  await expectGuarded(service);
  await expectOpen(service);
  expect(granted(service).length).toBeGreaterThan(0);
  await expectUnsaid(service);
});

test('QUEUE_TOKEN_FILE does the same', async () => {
  const file = join(await makeDataDir(), 'token');
  await writeFile(file, `${TOKEN}\n`);
  service = await startService({ ...SETTINGS, QUEUE_TOKEN_FILE: file });
  const client = new V1Client(service.url);
  expect(shown(await client.identify({ shard: 1 }))).toEqual(problem(401, 'unauthorized'));
  await expectOpen(service);
  await expectUnsaid(service);
});

test('without QUEUE_TOKEN a bearer token is ignored', async () => {
  service = await startService(SETTINGS);
  for (const authorization of WRONG) {
    const headers = ['Host: queue', `Authorization: ${authorization}`];
    expect(await ask(service, { headers })).toMatchObject(permit());
  }
});
