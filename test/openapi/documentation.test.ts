import { afterEach, expect, test } from 'vitest';

import { startService, type Service } from '../support/service/service.ts';

/** A header that tells programs what it is, and shows it to people. */
const RETRY_AFTER = {
  description: expect.stringMatching(/./),
  schema: { type: 'integer', minimum: 0 },
  example: expect.any(Number),
};

/** An answer that is a problem, with an example of each code. */
function problems(status: number, codes: readonly string[], type = 'ProblemBody') {
  const examples = codes.map((code) => [
    code,
    {
      summary: expect.any(String),
      value: expect.objectContaining({ status, code, detail: expect.stringMatching(/./) }),
    },
  ]);
  return {
    description: expect.stringMatching(/./),
    content: {
      'application/problem+json': {
        schema: { $ref: `#/components/schemas/${type}` },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

let service: Service | undefined;
afterEach(() => service?.kill());

test('the API is documented for people and for programs', async () => {
  service = await startService({ IDENTIFY_INTERVAL_MS: '20' }, { probe: 'live' });
  const page = await fetch(`${service.url}/docs`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toMatch(/^text\/html\b/);
  expect(await page.text()).toContain('swagger-ui');

  const answer = await fetch(`${service.url}/docs-json`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
  const documented: unknown = await answer.json();
  const badQuery = problems(400, ['invalid-parameter', 'unknown-bot']);
  const noToken = problems(401, ['unauthorized']);
  const identify = {
    parameters: [
      expect.objectContaining({ name: 'shard', in: 'query', required: false }),
      expect.objectContaining({ name: 'bot', in: 'query', required: false }),
    ],
    responses: { 200: {}, 400: badQuery, 401: noToken },
  };
  const headers = { 'Retry-After': RETRY_AFTER, 'X-Retry-After-Ms': RETRY_AFTER };
  const unknownPermit = problems(404, ['unknown-permit']);
  expect(documented).toMatchObject({
    openapi: expect.stringMatching(/^3\./),
    paths: {
      '/': { get: identify, post: identify },
      '/v1/identify': {
        post: {
          responses: {
            200: {},
            400: badQuery,
            401: noToken,
            429: { ...problems(429, ['wait-over'], 'NotYetBody'), headers },
            503: { ...problems(503, ['full', 'draining']), headers },
          },
        },
      },
      '/v1/permits/{id}': {
        delete: { responses: { 204: {}, 401: noToken, 404: unknownPermit } },
      },
      '/v1/permits/{id}/confirm': {
        post: { responses: { 204: {}, 401: noToken, 404: unknownPermit } },
      },
      '/health/live': {},
      '/health/ready': {},
    },
    components: { schemas: { ProblemBody: {}, NotYetBody: {} } },
  });
  // Nor as plain JSON as well, which toMatchObject would not mind.
  expect(JSON.stringify(documented)).not.toMatch(
    /"application\/json":\{"schema":\{"\$ref":"[^"]+\/(?:ProblemBody|NotYetBody)"/,
  );
});

test('with SWAGGER=false the API is not documented', async () => {
  service = await startService({ IDENTIFY_INTERVAL_MS: '20', SWAGGER: 'false' }, { probe: 'live' });
  for (const path of ['/docs', '/docs/', '/docs-json', '/docs-yaml']) {
    expect((await fetch(service.url + path)).status).toBe(404);
  }
});
