import { expect, test } from 'vitest';

import { checkBudget } from './budget.ts';
import { checkEndings } from './exits.ts';
import { Evidence } from './evidence.ts';
import { checkLateness } from './lateness.ts';
import { checkPauses } from './pauses.ts';
import { checkServed } from './served.ts';
import { MadeUp } from './testing/fake-history.ts';

test('P3 an IDENTIFY that takes a start of the reserve', () => {
  const history = new MadeUp();
  history.starts.push({ bot: 'bot', ask: 7, at: 1000, remaining: 3 });
  expect(checkBudget(new Evidence(history))).toMatchObject({
    violations: [],
    figures: { leastAboveReserve: 0 },
  });
  history.starts.push({ bot: 'bot', ask: 8, at: 2000, remaining: 2 });
  expect(checkBudget(new Evidence(history)).violations).toMatchObject([
    { promise: 'P3', asks: [8] },
  ]);
});

test('P7 a permit of a paused bucket', () => {
  const history = new MadeUp();
  const pause = { bot: 'bot', from: 900, liftAnsweredAt: 5100 };
  history.pauses.push({ ...pause, bucket: 0, answeredAt: 1000, liftedAt: 5000 });
  history.permit(950, history.ask(0, { shard: 0 }));
  history.permit(2000, history.ask(0, { shard: 1 }));
  expect(checkPauses(new Evidence(history)).violations).toEqual([]);
  history.permit(3000, history.ask(0, { shard: 2 }));
  expect(checkPauses(new Evidence(history)).violations).toMatchObject([
    { promise: 'P7', asks: [2] },
  ]);
});

test('P9 a bucket that is open while somebody waits, and all is well', () => {
  const history = new MadeUp();
  history.permit(1000, history.ask(0, { shard: 0 }));
  const waiting = history.ask(500, { shard: 2 });
  history.permit(3300, waiting);
  expect(checkLateness(new Evidence(history)).violations).toMatchObject([
    { promise: 'P9', asks: [1] },
  ]);
  history.troubles.push({ kind: 'link cut', replica: 2, from: 1500, to: 1600 });
  expect(checkLateness(new Evidence(history)).violations).toEqual([]);
});

test('a shard that is never served', () => {
  const history = new MadeUp();
  history.ask(99_000, { shard: 4 });
  history.stays.push({ bot: 'bot', shard: 4, from: 98_000, to: Infinity });
  history.stays.push({ bot: 'bot', shard: 6, from: 98_000, to: 99_000 });
  expect(checkServed(new Evidence(history)).violations).toMatchObject([
    { promise: 'everybody is served', asks: [0] },
  ]);
});

test('a process that ends by itself, in no good order, or too late', () => {
  const history = new MadeUp();
  const well = { replica: 1, toldAt: 1000, endedAt: 2000, code: 0, said: '' };
  history.endings.push(well);
  expect(checkEndings(new Evidence(history)).violations).toEqual([]);
  history.endings.push({ ...well, toldAt: null });
  history.endings.push({ ...well, code: 1 });
  history.endings.push({ ...well, endedAt: 12_000 });
  expect(checkEndings(new Evidence(history)).violations.map(({ promise }) => promise)).toEqual([
    'goes on',
    'ends',
    'ends',
  ]);
});
