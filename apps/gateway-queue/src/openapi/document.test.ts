import type { OpenAPIObject } from '@nestjs/swagger';
import { beforeAll, expect, test } from 'vitest';
import { documentOf } from './document.ts';
import { TAGS } from './tags.ts';
import { type DocumentedOperation, type Operation, operationsOf } from './testing/operations.ts';
import { previewApplication } from './testing/preview.ts';

let document: OpenAPIObject;
let operations: DocumentedOperation[];

beforeAll(async () => {
  const app = await previewApplication();
  document = documentOf(app);
  operations = operationsOf(document);
  await app.close();
});

function namesOf(found: readonly DocumentedOperation[]): string[] {
  return found.map(({ name }) => name).toSorted();
}

test('/ has all methods that OpenAPI knows', () => {
  const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
  expect(namesOf(operations.filter(({ path }) => path === '/'))).toEqual(
    methods.map((method) => `${method} /`),
  );
});

test('an answer to HEAD has no content', () => {
  const responses = Object.values(document.paths['/']?.head?.responses ?? {});
  expect(responses).toHaveLength(3);
  for (const response of responses) expect(response).not.toHaveProperty('content');
});

test('every operation has its own id and a summary', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(ids).toEqual([...new Set(ids)]);
  for (const { operation } of operations) {
    expect(operation).toMatchObject({
      operationId: expect.stringMatching(/^[a-z]+[A-Z]\w+$/),
      summary: expect.stringMatching(/./),
    });
  }
});

test('every tag is described, and used', () => {
  const used = operations.flatMap(({ operation }) => operation.tags);
  expect(new Set(used)).toEqual(new Set(Object.keys(TAGS)));
});

test('only the probes and the login take no credentials', () => {
  const open = operations.filter(({ operation }) => operation.security?.length === 0);
  expect(namesOf(open)).toEqual(['GET /health/live', 'GET /health/ready', 'POST /api/v1/session']);
});

test('for shards the token is optional', () => {
  const forShards = operations.filter(({ operation }) => operation.tags?.includes('queue'));
  expect(forShards).toHaveLength(10);
  for (const { operation } of forShards) {
    expect(operation.security).toEqual([{ queue: [] }, {}]);
  }
});

test('every error is a problem with examples, except those of the probes', () => {
  const others = operations.filter(
    ({ name, path }) => !path.startsWith('/health/') && !name.startsWith('HEAD '),
  );
  const wrong = others.filter(({ operation }) => {
    const errors = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
    return errors.length === 0 || !errors.every(([, response]) => isProblem(response));
  });
  expect(namesOf(wrong)).toEqual([]);
});

test('every operation for operators documents its refusals', () => {
  const refusals = ['401', '403', '429', '503'];
  const silent = operations.filter(
    ({ path, operation }) =>
      path.startsWith('/api/v1/') && refusals.some((status) => !(status in operation.responses)),
  );
  expect(namesOf(silent)).toEqual([]);
});

test('every parameter is described, and required ones have an example', () => {
  const lacking = operations.filter(({ operation }) =>
    operation.parameters?.some(
      (parameter) =>
        !('description' in parameter) ||
        ('required' in parameter && parameter.required && !hasExample(parameter)),
    ),
  );
  expect(namesOf(lacking)).toEqual([]);
});

test('no filter of a list has an example, so Swagger UI lists everything', () => {
  const filters = operations
    .filter(({ path, name }) => path.startsWith('/api/v1/') && name.startsWith('GET '))
    .flatMap(({ operation }) => operation.parameters ?? [])
    .filter((parameter) => 'in' in parameter && parameter.in === 'query');
  expect(filters.length).toBeGreaterThan(10);
  expect(filters.filter(hasExample)).toEqual([]);
});

/** Nest puts the example into the parameter's schema. */
function hasExample(parameter: object): boolean {
  return JSON.stringify(parameter).includes('"example":');
}

/** Whether a response has problems as its only content. */
function isProblem(response: Operation['responses'][string]): boolean {
  if (response === undefined || !('content' in response)) return false;
  const [only, ...others] = Object.entries(response.content ?? {});
  if (only === undefined || others.length > 0) return false;
  const [type, media] = only;
  return type === 'application/problem+json' && 'examples' in media;
}
