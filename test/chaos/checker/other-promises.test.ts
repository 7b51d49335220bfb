import { expect, test } from 'vitest';

import { checkBudget } from './budget.ts';
import { checkExits } from './exits.ts';
import { Evidence } from './evidence.ts';
import { checkLateness } from './lateness.ts';
import { checkPauses } from './pauses.ts';
import { checkServed } from './served.ts';
import { FakeHistory } from './testing/fake-history.ts';

test('P3 an IDENTIFY that uses a start of the reserve is a violation', () => {
  const history = new FakeHistory();
  history.starts.push({ bot: 'bot', request: 7, at: 1000, remaining: 3 });
  expect(checkBudget(new Evidence(history))).toMatchObject({
    violations: [],
    figures: { minStartsAboveReserve: 0 },
  });
  history.starts.push({ bot: 'bot', request: 8, at: 2000, remaining: 2 });
  expect(checkBudget(new Evidence(history)).violations).toMatchObject([
    { promise: 'P3', requests: [8] },
  ]);
});

test('P7 a permit of a paused bucket is a violation', () => {
  const history = new FakeHistory();
  const pause = { bot: 'bot', from: 900, liftAnsweredAt: 5100 };
  history.pauses.push({ ...pause, bucket: 0, answeredAt: 1000, liftedAt: 5000 });
  history.permit(950, history.request(0, { shard: 0 }));
  history.permit(2000, history.request(0, { shard: 1 }));
  expect(checkPauses(new Evidence(history)).violations).toEqual([]);
  history.permit(3000, history.request(0, { shard: 2 }));
  expect(checkPauses(new Evidence(history)).violations).toMatchObject([
    { promise: 'P7', requests: [2] },
  ]);
});

test('P9 an open bucket with a waiter and no permit is a violation, unless there is a fault', () => {
  const history = new FakeHistory();
  history.permit(1000, history.request(0, { shard: 0 }));
  const waiting = history.request(500, { shard: 2 });
  history.permit(5100, waiting);
  expect(checkLateness(new Evidence(history)).violations).toMatchObject([
    { promise: 'P9', requests: [1] },
  ]);
  history.faults.push({ kind: 'link cut', replica: 2, from: 1500, to: 1600 });
  expect(checkLateness(new Evidence(history)).violations).toEqual([]);
});

test('a shard that is never served is a violation', () => {
  const history = new FakeHistory();
  history.request(99_000, { shard: 4 });
  history.shardWaits.push({ bot: 'bot', shard: 4, from: 98_000, to: Infinity });
  history.shardWaits.push({ bot: 'bot', shard: 6, from: 98_000, to: 99_000 });
  expect(checkServed(new Evidence(history)).violations).toMatchObject([
    { promise: 'every shard is served', requests: [0] },
  ]);
});

test('a process that exits by itself, with an error, or too late is a violation', () => {
  const history = new FakeHistory();
  const orderly = { replica: 1, signalledAt: 1000, endedAt: 2000, code: 0, output: '' };
  history.exits.push(orderly);
  expect(checkExits(new Evidence(history)).violations).toEqual([]);
  history.exits.push({ ...orderly, signalledAt: null });
  history.exits.push({ ...orderly, code: 1 });
  history.exits.push({ ...orderly, endedAt: 12_000 });
  expect(checkExits(new Evidence(history)).violations.map(({ promise }) => promise)).toEqual([
    'process keeps running',
    'process exits in time',
    'process exits in time',
  ]);
});
