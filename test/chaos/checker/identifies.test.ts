import { expect, test } from 'vitest';

import { checkIdentifies } from './identifies.ts';
import { Evidence } from './evidence.ts';
import { MadeUp } from './testing/fake-history.ts';

const v1 = { path: '/v1', confirm: true } as const;

function found(history: MadeUp) {
  return checkIdentifies(new Evidence(history)).violations;
}

test('P1 an IDENTIFY comes less than an interval after one that nobody confirms', () => {
  const history = new MadeUp();
  const first = history.ask(0, { shard: 0 });
  const second = history.ask(0, { shard: 2 });
  history.permit(1000, first);
  history.permit(1750, second);
  first.identifiedAt = 1251;
  expect(found(history)).toEqual([]);
  first.identifiedAt = 1300;
  expect(found(history)).toMatchObject([{ promise: 'P1', asks: [0, 1] }]);
  first.doubtMs = 40;
  expect(found(history)).toEqual([]);
});

test('P2 after a confirmed one nothing explains a shorter gap', () => {
  const history = new MadeUp();
  const first = history.ask(0, { shard: 0, doubtMs: 100, ...v1 });
  const second = history.ask(0, { shard: 2, ...v1 });
  history.confirmed(1000, first, 1200);
  history.permit(1700, second);
  first.identifiedAt = 1100;
  expect(found(history)).toEqual([]);
  first.identifiedAt = 1202;
  expect(found(history)).toMatchObject([{ promise: 'P2', asks: [0, 1] }]);
});

test('other buckets are nobody’s business, and of a permit that was lost the bucket is worked out', () => {
  const history = new MadeUp();
  history.permit(1000, history.ask(0, { shard: 0 }));
  history.ask(0, { shard: 1, outcome: 'permit', endedAt: 1010, identifiedAt: 1010 });
  expect(found(history)).toEqual([]);
  history.ask(0, { shard: 2, outcome: 'permit', endedAt: 1020, identifiedAt: 1020 });
  expect(found(history)).toMatchObject([{ promise: 'P1', asks: [0, 2] }]);
});
