import { expect, test } from 'vitest';
import { ApiProblem, problemOf, toProblem } from './api-problem.ts';

test('a problem of the API is told by its code, in its own words', async () => {
  const problem = await problemOf(
    Response.json(
      { status: 404, title: 'Unknown', code: 'unknown-resource', detail: 'No such waiter.' },
      { status: 404, headers: { 'content-type': 'application/problem+json' } },
    ),
  );
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({
    status: 404,
    code: 'unknown-resource',
    detail: 'No such waiter.',
  });
});

test('what a proxy answers is told by its status', async () => {
  const problem = await problemOf(new Response('<h1>Bad Gateway</h1>', { status: 502 }));
  expect(problem).toMatchObject({ status: 502, code: 'unreadable' });
  expect(problem.detail).toContain('502');
});

test('JSON that is no problem is no problem of the API', async () => {
  expect(await problemOf(Response.json({ code: 7 }, { status: 500 }))).toMatchObject({
    code: 'unreadable',
  });
});

test('a request that failed was not answered', () => {
  expect(toProblem(new TypeError('Failed to fetch'))).toMatchObject({ code: 'unreachable' });
});
