import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { beforeEach, expect, test } from 'vitest';
import { SharedReading } from './shared-reading.ts';

/** Of a read that was begun: what it is of, and its end. */
interface Begun {
  readonly of: string;
  readonly end: (value: string) => void;
  readonly fail: () => void;
}

let clock: FakeClock;
let begun: Begun[];
let reading: SharedReading<string>;

beforeEach(() => {
  clock = new FakeClock();
  begun = [];
  reading = new SharedReading(
    (of) =>
      new Promise((end, reject) => {
        begun.push({ of, end, fail: () => reject(new Error('away')) });
      }),
    clock,
  );
});

/** Asks, and ends the read that begins with it. */
async function readOnce(value: string): Promise<void> {
  const asked = reading.of('music');
  begun.at(-1)?.end(value);
  expect(await asked).toBe(value);
}

test('P10 however many ask at once, it is read once for each bot', async () => {
  const asked = Array.from({ length: 100 }, () => reading.of('music'));
  const other = reading.of('other');
  expect(begun.map(({ of }) => of)).toEqual(['music', 'other']);
  for (const { of, end } of begun) end(`${of} read`);
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['music read']));
  expect(await other).toBe('other read');
});

test('P10 all calls within a second share one read; a later call reads anew', async () => {
  await readOnce('read');
  for (let asked = 0; asked < 100; asked += 1) {
    await clock.advance(9.9);
    expect(await reading.of('music')).toBe('read');
  }
  expect(begun).toHaveLength(1);
  await clock.advance(10);
  await readOnce('read anew');
  expect(begun).toHaveLength(2);
});

test('P10 what takes longer than a second is not read twice at a time', async () => {
  const first = reading.of('music');
  await clock.advance(5000);
  const second = reading.of('music');
  expect(begun).toHaveLength(1);
  begun[0]?.end('read');
  expect(await Promise.all([first, second])).toEqual(['read', 'read']);
});

test('after a change it is read anew, also while it is being read', async () => {
  await readOnce('as it was');
  reading.forget();
  const before = reading.of('music');
  reading.forget();
  const after = reading.of('music');
  expect(begun).toHaveLength(3);
  begun[1]?.end('as it was');
  begun[2]?.end('as it is');
  expect(await before).toBe('as it was');
  expect(await after).toBe('as it is');
  // A read that began before the change and ended after it is not shared.
  expect(await reading.of('music')).toBe('as it is');
});

test('a call for the present state reads anew, and other calls share that', async () => {
  await readOnce('as it was');
  const now = [reading.ofNow('music'), reading.ofNow('music'), reading.of('music')];
  expect(begun).toHaveLength(2);
  begun[1]?.end('as it is');
  expect(await Promise.all(now)).toEqual(['as it is', 'as it is', 'as it is']);
  await clock.advance(999);
  expect(await reading.of('music')).toBe('as it is');
});

test('a failure goes to all calls that share the read, and to no later call', async () => {
  const asked = [reading.of('music'), reading.of('music')];
  begun[0]?.fail();
  await expect(asked[0]).rejects.toThrow('away');
  await expect(asked[1]).rejects.toThrow('away');
  await readOnce('read');
});

test('nothing is kept, and no timer is left, without further calls or after the end', async () => {
  await readOnce('read');
  await clock.advance(1000);
  expect(clock.pendingTimers).toBe(0);
  await readOnce('read');
  const last = reading.ofNow('music');
  reading.forget();
  begun.at(-1)?.end('read');
  await last;
  expect(clock.pendingTimers).toBe(0);
});
