import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectFeed } from './connect-feed.ts';

/** A worker that answers while it is alive. */
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

test('a tab whose worker does not start has a feed of its own, which ends with the tab', () => {
  const send = connectFeed(() => undefined);
  send('join');
  expect(open.size).toBe(0);
  worker.dispatchEvent(new Event('error'));
  expect(open.size).toBe(1);
  send('leave');
  expect(open.size).toBe(0);
});

test('a tab that has left before its worker fails starts no feed until it joins again', () => {
  const send = connectFeed(() => undefined);
  send('join');
  send('leave');
  worker.dispatchEvent(new Event('error'));
  expect(open.size).toBe(0);
  send('join');
  expect(open.size).toBe(1);
  send('leave');
});

test('a tab replaces a worker that stops answering, and keeps one that answers', () => {
  const send = connectFeed(() => undefined);
  send('join');
  vi.advanceTimersByTime(60_000);
  expect(open.size).toBe(0);
  worker.isAlive = false;
  vi.advanceTimersByTime(14_999);
  expect(open.size).toBe(0);
  vi.advanceTimersByTime(1);
  expect(open.size).toBe(1);
  send('leave');
  expect(open.size).toBe(0);
});

test('a tab that has left does not replace its worker', () => {
  const send = connectFeed(() => undefined);
  send('join');
  worker.isAlive = false;
  send('leave');
  vi.advanceTimersByTime(3_600_000);
  expect(open.size).toBe(0);
});
