import { expect, test, vi } from 'vitest';
import { ApiProblem, problemOf, toProblem, unreachable } from './api-problem.ts';

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

test('what is thrown that has to do with no request is a fault of the page, and is logged', () => {
  const log = vi.spyOn(console, 'error').mockReturnValue();
  const mistake = new TypeError("Cannot read properties of undefined (reading 'id')");
  expect(toProblem(mistake)).toMatchObject({ code: 'fault' });
  expect(log).toHaveBeenCalledWith(mistake);
  log.mockRestore();
});

test('a problem is shown as it is', () => {
  const problem = unreachable(false);
  expect(toProblem(problem)).toBe(problem);
});
