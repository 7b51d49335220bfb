import { afterEach, expect, test } from 'vitest';

import { startService, type Service } from './support/service.ts';

/** A header that tells programs what it is, and shows it to people. */
const RETRY_AFTER = {
  description: expect.stringMatching(/./),
  schema: { type: 'integer', minimum: 0 },
  example: expect.any(Number),
};

let service: Service | undefined;
afterEach(() => service?.kill());

test('the API is documented, for people and for programs', async () => {
  service = await startService({ IDENTIFY_INTERVAL_MS: '20' }, { probe: 'live' });
  const page = await fetch(`${service.url}/docs`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toMatch(/^text\/html\b/);
  expect(await page.text()).toContain('swagger-ui');

  const answer = await fetch(`${service.url}/docs-json`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
  const documented: unknown = await answer.json();
  const identify = {
    parameters: [
      expect.objectContaining({ name: 'shard', in: 'query', required: false }),
      expect.objectContaining({ name: 'bot', in: 'query', required: false }),
    ],
    responses: { 200: {}, 400: {} },
  };
  const toAskAgain = { 'Retry-After': RETRY_AFTER, 'X-Retry-After-Ms': RETRY_AFTER };
  expect(documented).toMatchObject({
    openapi: expect.stringMatching(/^3\./),
    paths: {
      '/': { get: identify, post: identify },
      '/v1/identify': {
        post: {
          responses: { 200: {}, 429: { headers: toAskAgain }, 503: { headers: toAskAgain } },
        },
      },
      '/v1/permits/{id}': { delete: { responses: { 204: {}, 404: {} } } },
      '/v1/permits/{id}/confirm': { post: { responses: { 204: {}, 404: {} } } },
      '/health/live': {},
      '/health/ready': {},
    },
  });
});

test('and not where SWAGGER is false', async () => {
  service = await startService({ IDENTIFY_INTERVAL_MS: '20', SWAGGER: 'false' }, { probe: 'live' });
  for (const path of ['/docs', '/docs/', '/docs-json', '/docs-yaml']) {
    expect((await fetch(service.url + path)).status).toBe(404);
  }
});
