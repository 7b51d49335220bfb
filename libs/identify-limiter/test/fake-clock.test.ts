import { expect, test } from 'vitest';
import { FakeClock } from '../testing/index.ts';

test('timers run in the order in which they are due, each at its own time', async () => {
  const clock = new FakeClock();
  const start = clock.now();
  const seen: [string, number][] = [];
  const note = (name: string) => () => seen.push([name, clock.now() - start]);
  clock.setTimer(20, note('late'));
  clock.setTimer(10, () => {
    note('early')();
    clock.setTimer(5, note('set by a timer'));
  });
  const cancel = clock.setTimer(12, note('cancelled'));
  cancel();

  await clock.advance(20);

  expect(seen).toEqual([
    ['early', 10],
    ['set by a timer', 15],
    ['late', 20],
  ]);
  expect(clock.now() - start).toBe(20);
});

test('the wall clock jumps without moving the timeline; a reboot starts another one', () => {
  const clock = new FakeClock();
  const [now, wall] = [clock.now(), clock.wallNow()];
  clock.jumpWall(-3_600_000);
  expect(clock.now()).toBe(now);
  expect(clock.wallNow()).toBe(wall - 3_600_000);
  clock.reboot(60_000);
  expect(clock.wallNow()).toBe(wall - 3_600_000 + 60_000);
  expect(clock.timeline).toBe('boot-2');
});
