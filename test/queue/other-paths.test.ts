import { METHODS } from 'node:http';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startGatedService, type GatedService } from '../support/queue/gated-service.ts';
import { ask } from '../support/http/ask.ts';
import { BODIES } from '../support/queue/bodies.ts';
import { notFound } from '../support/queue/expected.ts';

// Nothing is granted, so an answer that comes was not held.
let gated: GatedService;
beforeAll(async () => {
  gated = await startGatedService();
});
afterAll(() => gated.stop());

const PATHS = `
  /;x /;shard=1 // /// //?shard=1 /index.html /%2e /. /.. /./ /%2F /* /shard /identify /\\
  /% /%zz /%ff /%00 /favicon.ico /health /health/ /health/live/ /Health/live /v2 /docsx
  * *?shard=1 http://queue/x http://queue//
`;

test.for(PATHS.trim().split(/\s+/))('%s is not found', async (target) => {
  expect(await ask(gated.service, { target })).toMatchObject(notFound());
});

test('an unknown path is not found, however long it is', async () => {
  const target = `/${'x'.repeat(10_000)}`;
  expect(await ask(gated.service, { target })).toMatchObject(notFound());
});

test('an unknown path is not found, whatever the method and the body', async () => {
  const methods = METHODS.filter((method) => method !== 'CONNECT');
  for (const { headers, body } of Object.values(BODIES)) {
    const answers = methods.map(async (method) => {
      const request = { method, target: '/nowhere?shard=1', headers: ['Host: queue', ...headers] };
      return ask(gated.service, { ...request, body });
    });
    expect(await Promise.all(answers)).toMatchObject(methods.map((method) => notFound(method)));
  }
});

test.for([
  { method: 'POST', target: '/health/live' },
  { method: 'DELETE', target: '/api/v1/bots' },
])('$method $target is not found, and it is said that the method may be why', async (request) => {
  const answer = await ask(gated.service, request);
  expect(answer).toMatchObject(notFound());
  expect(answer.body).toContain('not for this method');
});
