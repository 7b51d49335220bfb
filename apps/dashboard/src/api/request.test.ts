import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { request } from './request.ts';

const answer = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', answer);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Never answers, and rejects as `fetch` does when its signal is aborted. */
const silence: typeof fetch = (_url, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });

/** The error with which a request rejects. */
async function failureOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('a change without an answer within 30 s is given up, with the note that it may have been made', async () => {
  answer.mockImplementation(silence);
  const failure = failureOf(request('PUT', '/bots/default/pause', { body: { reason: 'x' } }));
  await vi.advanceTimersByTimeAsync(29_999);
  expect(await Promise.race([failure, Promise.resolve('waits')])).toBe('waits');
  await vi.advanceTimersByTimeAsync(1);
  expect(await failure).toMatchObject({ code: 'unanswered' });
  expect(await failure).toHaveProperty('detail', expect.stringContaining('is not known'));
});

test('a change whose connection broke has the same note', async () => {
  answer.mockRejectedValue(new TypeError('Failed to fetch'));
  const failure = await failureOf(request('DELETE', '/bots/default/pause'));
  expect(failure).toMatchObject({ code: 'unreachable' });
  expect(failure).toHaveProperty('detail', expect.stringContaining('is not known'));
});

test('a read without an answer only asks to try again', async () => {
  answer.mockImplementation(silence);
  const failure = failureOf(request('GET', '/session'));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await failure).toHaveProperty('detail', expect.stringMatching(/30 s\. Try again\.$/));
});

test("a success status with a proxy's page is unreadable", async () => {
  answer.mockResolvedValue(new Response('<h1>Log in</h1>', { status: 200 }));
  expect(await failureOf(request('GET', '/session'))).toMatchObject({
    status: 200,
    code: 'unreadable',
  });
});

test("a request that the caller aborts rejects with the caller's reason", async () => {
  answer.mockImplementation(silence);
  const controller = new AbortController();
  const failure = failureOf(request('GET', '/session', { signal: controller.signal }));
  controller.abort('left');
  expect(await failure).toBe('left');
});

test('an answer leaves no timer behind', async () => {
  answer.mockResolvedValue(Response.json({ name: 'kim' }));
  expect(await request('GET', '/session')).toEqual({ name: 'kim' });
  expect(vi.getTimerCount()).toBe(0);
});
