import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectFeed } from './connect-feed.ts';

/** A worker that answers for as long as it is alive. */
class FakeWorker extends EventTarget {
  isAlive = true;
  readonly port = Object.assign(new EventTarget(), {
    postMessage: () => {
      if (!this.isAlive) return;
      const data = { kind: 'state', state: { kind: 'live' } };
      this.port.dispatchEvent(Object.assign(new Event('message'), { data }));
    },
    start: () => undefined,
    close: () => undefined,
  });
}

class FakeEventSource extends EventTarget {
  constructor() {
    super();
    open.add(this);
  }

  close(): void {
    open.delete(this);
  }
}

let worker: FakeWorker;
let open: Set<FakeEventSource>;

beforeEach(() => {
  worker = new FakeWorker();
  open = new Set();
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeEventSource);
  // oxlint-disable-next-line prefer-arrow-callback -- it is called with `new`
  vi.stubGlobal('SharedWorker', function SharedWorker() {
    return worker;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a worker that does not start is stood in for by a feed of this tab, which ends with it', () => {
  const tell = connectFeed(() => undefined);
  tell('hello');
  expect(open.size).toBe(0);
  worker.dispatchEvent(new Event('error'));
  expect(open.size).toBe(1);
  tell('bye');
  expect(open.size).toBe(0);
});

test('a tab that has gone when the worker fails leaves no feed behind', () => {
  const tell = connectFeed(() => undefined);
  tell('hello');
  tell('bye');
  worker.dispatchEvent(new Event('error'));
  expect(open.size).toBe(0);
  tell('hello');
  expect(open.size).toBe(1);
  tell('bye');
});

test('a worker that dies without a word is stood in for, and one that answers is not', () => {
  const tell = connectFeed(() => undefined);
  tell('hello');
  vi.advanceTimersByTime(60_000);
  expect(open.size).toBe(0);
  worker.isAlive = false;
  vi.advanceTimersByTime(14_999);
  expect(open.size).toBe(0);
  vi.advanceTimersByTime(1);
  expect(open.size).toBe(1);
  tell('bye');
  expect(open.size).toBe(0);
});

test('nobody is asked for once the tab has gone', () => {
  const tell = connectFeed(() => undefined);
  tell('hello');
  worker.isAlive = false;
  tell('bye');
  vi.advanceTimersByTime(3_600_000);
  expect(open.size).toBe(0);
});
