import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveStore } from '../live/live-store.ts';
import { isLoaded } from './permit-log.ts';
import { PermitLogs } from './permit-logs.ts';

const AT = 1_000_000_000;

let asked: string[];
let answer: () => Response;
let page: { hidden: boolean };
let store: LiveStore;
let logs: PermitLogs;

beforeEach(() => {
  vi.useFakeTimers({ now: AT });
  asked = [];
  answer = () => Response.json({ items: [] });
  page = { hidden: false };
  vi.stubGlobal('document', page);
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return Promise.resolve(answer());
  });
  store = new LiveStore();
  logs = new PermitLogs(store);
  logs.follow();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Delivers a live state in which each bot has a new permit. */
function deliver(version: number): void {
  const permit = { [`p${version}`]: { bucket: 0, at: AT, status: 'granted' as const } };
  const bot = {
    permitsPerMinute: 0,
    waiting: 0,
    pauses: {},
    holds: {},
    buckets: {},
    recentPermits: permit,
  };
  const bots = { one: bot, two: bot };
  const snapshot = { version, at: AT, bots, replicas: {}, limiter: { available: true } };
  store.receive({ kind: 'snapshot', snapshot, aheadMs: 0 });
}

/** Shows a bot's permits. @returns the number of changes so far, and the function that ends this */
function show(bot: string) {
  const seen = { count: 0, end: logs.subscribe(bot, () => (seen.count += 1)) };
  return seen;
}

/** Lets pending promises settle. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

test('asks the API once, and only for the bots that the page shows', async () => {
  deliver(1);
  await settle();
  expect(asked).toEqual([]);
  const two = show('two');
  await settle();
  deliver(2);
  await settle();
  expect(asked).toEqual(['/api/v1/bots/two/permits?limit=2000']);
  expect(isLoaded(logs.of('two'))).toBe(true);
  expect(logs.of('one').permits).toHaveLength(2);
  expect(two.count).toBe(2);
});

test('asks nothing for a page that was closed or is hidden, and asks once it is visible', async () => {
  show('one').end();
  page.hidden = true;
  show('two');
  deliver(1);
  await settle();
  expect(asked).toEqual([]);
  page.hidden = false;
  deliver(2);
  await settle();
  expect(asked).toEqual(['/api/v1/bots/two/permits?limit=2000']);
});

test('has the problem of a failed request, and asks again on retry or after ten seconds', async () => {
  const problem = {
    status: 503,
    code: 'limiter-unavailable',
    title: 'Away',
    detail: 'The store does not answer.',
  };
  answer = () => Response.json(problem, { status: 503 });
  const one = show('one');
  deliver(1);
  await settle();
  expect(logs.of('one')).toMatchObject({
    problem: { detail: 'The store does not answer.' },
    hasGap: true,
  });
  expect(one.count).toBe(2);
  deliver(2);
  expect(asked).toHaveLength(1);
  logs.retry('one');
  await settle();
  expect(asked).toHaveLength(2);
  vi.setSystemTime(AT + 10_000);
  answer = () => Response.json({ items: [] });
  deliver(3);
  await settle();
  expect(asked).toHaveLength(3);
  expect(logs.of('one')).not.toHaveProperty('problem');
});

test('asks on a frozen page for a bot that the page has not shown before', async () => {
  deliver(1);
  store.freeze(AT);
  show('one');
  await settle();
  expect(asked).toHaveLength(1);
});

test('ignores the answer to a request that is not the newest', async () => {
  const ends: ((response: Response) => void)[] = [];
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => ends.push(resolve)));
  deliver(1);
  show('one');
  logs.retry('one');
  ends[1]?.(Response.json({ items: [] }));
  await settle();
  expect(logs.of('one').problem).toBeUndefined();
  ends[0]?.(new Response('', { status: 502 }));
  await settle();
  expect(logs.of('one').problem).toBeUndefined();
});

test('reports a request that took too long, and retries at once on demand', async () => {
  vi.stubGlobal(
    'fetch',
    (_url: string, { signal }: { signal: AbortSignal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  );
  deliver(1);
  show('one');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(logs.of('one').problem?.code).toBe('unanswered');
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ items: [] })));
  logs.retry('one');
  await settle();
  expect(logs.of('one').problem).toBeUndefined();
});
