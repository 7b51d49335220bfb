import { expect, test, vi } from 'vitest';
import { ApiProblem, problemOf, toProblem, unreachable } from './api-problem.ts';

test("a problem document keeps the API's code and text", async () => {
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

test("a proxy's answer is described by its status", async () => {
  const problem = await problemOf(new Response('<h1>Bad Gateway</h1>', { status: 502 }));
  expect(problem).toMatchObject({ status: 502, code: 'unreadable' });
  expect(problem.detail).toContain('502');
});

test('JSON that is no problem document is unreadable', async () => {
  expect(await problemOf(Response.json({ code: 7 }, { status: 500 }))).toMatchObject({
    code: 'unreadable',
  });
});

test('any other error is a fault of the page, and is logged', () => {
  const log = vi.spyOn(console, 'error').mockReturnValue();
  const mistake = new TypeError("Cannot read properties of undefined (reading 'id')");
  expect(toProblem(mistake)).toMatchObject({ code: 'fault' });
  expect(log).toHaveBeenCalledWith(mistake);
  log.mockRestore();
});

test('a problem stays the same object', () => {
  const problem = unreachable(false);
  expect(toProblem(problem)).toBe(problem);
});
