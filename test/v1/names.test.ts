import { afterEach, expect, test } from 'vitest';

import { ask } from '../support/http/ask.ts';
import { readDocument } from '../support/openapi/document.ts';
import { granted } from '../support/queue/permit-log.ts';
import { startService, type Service } from '../support/service/service.ts';
import { idOf, V1Client } from '../support/v1/client.ts';
import { problem, shown } from '../support/v1/expected.ts';

/** Stands in what is sent besides what is asked for. */
const CANARY = 'canary-05b3';

let service: Service | undefined;
afterEach(() => service?.kill());

function start(): Promise<Service> {
  return startService({ MAX_CONCURRENCY: '100', LOG_LEVEL: 'trace' });
}

const refusal = (parameter: string, detail: RegExp): object =>
  problem(400, 'invalid-parameter', { parameter, detail: expect.stringMatching(detail) });

const MISSPELLED = [
  ['shardId=43', 'shardId', /Did you mean shard\?/],
  ['shard_id=59', 'shard_id', /Did you mean shard\?/],
  ['Shard=1', 'Shard', /Did you mean shard\?/],
  ['shard[]=1', 'shard[]', /Did you mean shard\?/],
  ['shard=1&Confirm=true', 'Confirm', /Did you mean confirm\?/],
  ['shard=1&max_wait_ms=5', 'max_wait_ms', /Did you mean maxWaitMs\?/],
  ['shard=1&shard_id=1', 'shard_id', /^(?!.*Did you mean)/],
  ['shard=1&token=x', 'token', /Known are .*\bshard\b/],
  ['shard=1&constructor=x', 'constructor', /Known are/],
  ['shard=1&=x', 'query', /Known are/],
  [`shard=1&{"${CANARY}"}`, 'query', /Known are/],
  ['', 'shard', /is required/],
  ['confirm=true', 'shard', /is required/],
  ['shard=1&shard=1', 'shard', /given once/],
  ['shard=1&confirm=true&confirm=true', 'confirm', /given once/],
] as const;

test('P1 a request on /v1/identify whose names are not exact is refused, with what was probably meant, and has no permit', async () => {
  service = await start();
  const client = new V1Client(service.url);
  for (const [query, parameter, detail] of MISSPELLED) {
    const answer = await client.call('POST', `/v1/identify?${query}`);
    expect([query, shown(answer)]).toEqual([query, refusal(parameter, detail)]);
  }
  expect(granted(service)).toEqual([]);
});

test('P1 a shard that stands only in the body is not read, but missed; the body is not logged', async () => {
  service = await start();
  const body = JSON.stringify({ shard: 43, token: CANARY });
  const headers = ['Content-Type: application/json', `Content-Length: ${body.length}`];
  const answer = await ask(service, { method: 'POST', target: '/v1/identify', headers, body });
  expect(shown(answer)).toEqual(refusal('shard', /is required in the query/));
  expect(answer.body).not.toContain(CANARY);
  expect(await service.stop()).toBe(0);
  expect(granted(service)).toEqual([]);
  expect(service.output()).not.toContain(CANARY);
});

test('a name that is not known is refused on every route of /v1, and nothing is done', async () => {
  service = await start();
  const client = new V1Client(service.url);
  const id = idOf(await client.identify({ shard: 1, confirm: true }));
  const { operations } = await readDocument(service.url);
  const routes = operations.filter(({ path }) => path.startsWith('/v1/'));
  expect(routes.length).toBeGreaterThanOrEqual(3);
  for (const { method, name, path } of routes) {
    const target = path.replace('{id}', id);
    const answer = await client.call(method, `${target}?shard=1&zzz=1`);
    const parameter = path.includes('{id}') ? 'shard' : 'zzz';
    expect([name, shown(answer)]).toEqual([name, refusal(parameter, /not known here/)]);
  }
  expect((await client.confirm(id)).status).toBe(204);
});

test('another method on a path of /v1 is answered 405 with those that there are, whatever the body', async () => {
  service = await start();
  const client = new V1Client(service.url);
  const id = idOf(await client.identify({ shard: 1, confirm: true }));
  const body = JSON.stringify({ token: CANARY });
  const headers = ['Content-Type: application/json', `Content-Length: ${body.length}`];
  const paths: readonly (readonly [string, string, string])[] = [
    ['/v1/identify', 'POST', 'GET HEAD PUT PATCH DELETE OPTIONS QUERY'],
    [`/v1/permits/${id}`, 'DELETE', 'GET HEAD PUT PATCH POST OPTIONS QUERY'],
    [`/v1/permits/${id}/confirm`, 'POST', 'GET HEAD PUT PATCH DELETE OPTIONS QUERY'],
  ];
  for (const [path, allow, methods] of paths) {
    for (const method of methods.split(' ')) {
      const answer = await ask(service, { method, target: `${path}?shard=2`, headers, body });
      expect([method, path, answer.status]).toEqual([method, path, 405]);
      expect(answer.headers['allow']).toBe(allow);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json\b/);
      expect(answer.body).toContain(method === 'HEAD' ? '' : '"code":"method-not-allowed"');
    }
  }
  expect((await client.confirm(id)).status).toBe(204);
  expect(granted(service)).toHaveLength(1);
  expect(service.output()).not.toContain(CANARY);
});
