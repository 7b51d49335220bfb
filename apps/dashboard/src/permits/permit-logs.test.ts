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

/** The live state comes, in which each bot has a permit that was not there before. */
function hear(version: number): void {
  const permit = { [`p${version}`]: { bucket: 0, at: AT, status: 'granted' as const } };
  const bot = { permitsPerMinute: 0, waiting: 0, pauses: {}, buckets: {}, recentPermits: permit };
  const bots = { one: bot, two: bot };
  const snapshot = { version, at: AT, bots, replicas: {}, limiter: { available: true } };
  store.hear({ kind: 'snapshot', snapshot, aheadMs: 0 });
}

/** Shows a bot's permits. @returns how often there was something new, and what ends it */
function show(bot: string) {
  const seen = { count: 0, end: logs.subscribe(bot, () => (seen.count += 1)) };
  return seen;
}

/** Lets what was promised happen. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

test('asks for the permits of those bots that are shown, once', async () => {
  hear(1);
  await settle();
  expect(asked).toEqual([]);
  const two = show('two');
  await settle();
  hear(2);
  await settle();
  expect(asked).toEqual(['/api/v1/bots/two/permits?limit=2000']);
  expect(isLoaded(logs.of('two'))).toBe(true);
  expect(logs.of('one').permits).toHaveLength(2);
  expect(two.count).toBe(2);
});

test('asks nothing for a page that has gone, or that nobody looks at, until somebody does', async () => {
  show('one').end();
  page.hidden = true;
  show('two');
  hear(1);
  await settle();
  expect(asked).toEqual([]);
  page.hidden = false;
  hear(2);
  await settle();
  expect(asked).toEqual(['/api/v1/bots/two/permits?limit=2000']);
});

test('says why the API did not tell, and asks again when somebody wants it, or after a while', async () => {
  const problem = {
    status: 503,
    code: 'limiter-unavailable',
    title: 'Away',
    detail: 'It is away.',
  };
  answer = () => Response.json(problem, { status: 503 });
  const one = show('one');
  hear(1);
  await settle();
  expect(logs.of('one')).toMatchObject({ problem: { detail: 'It is away.' }, hasGap: true });
  expect(one.count).toBe(2);
  hear(2);
  expect(asked).toHaveLength(1);
  logs.retry('one');
  await settle();
  expect(asked).toHaveLength(2);
  vi.setSystemTime(AT + 10_000);
  answer = () => Response.json({ items: [] });
  hear(3);
  await settle();
  expect(asked).toHaveLength(3);
  expect(logs.of('one')).not.toHaveProperty('problem');
});

test('on a frozen page what was never shown is asked for all the same', async () => {
  hear(1);
  store.freeze(AT);
  show('one');
  await settle();
  expect(asked).toHaveLength(1);
});

test('an answer that was overtaken by a newer one changes nothing', async () => {
  const ends: ((response: Response) => void)[] = [];
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => ends.push(resolve)));
  hear(1);
  show('one');
  logs.retry('one');
  ends[1]?.(Response.json({ items: [] }));
  await settle();
  expect(logs.of('one').problem).toBeUndefined();
  ends[0]?.(new Response('', { status: 502 }));
  await settle();
  expect(logs.of('one').problem).toBeUndefined();
});

test('what took too long is said to have, and can be tried again at once', async () => {
  vi.stubGlobal(
    'fetch',
    (_url: string, { signal }: { signal: AbortSignal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  );
  hear(1);
  show('one');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(logs.of('one').problem?.code).toBe('unanswered');
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ items: [] })));
  logs.retry('one');
  await settle();
  expect(logs.of('one').problem).toBeUndefined();
});
