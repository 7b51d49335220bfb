import { expect, test } from 'vitest';

import { checkIdentifies } from './identifies.ts';
import { Evidence } from './evidence.ts';
import { FakeHistory } from './testing/fake-history.ts';

const v1 = { path: '/v1', confirm: true } as const;

function found(history: FakeHistory) {
  return checkIdentifies(new Evidence(history)).violations;
}

test('P1 an IDENTIFY less than an interval after an unconfirmed one is a violation', () => {
  const history = new FakeHistory();
  const first = history.request(0, { shard: 0 });
  const second = history.request(0, { shard: 2 });
  history.permit(1000, first);
  history.permit(1750, second);
  first.identifiedAt = 1251;
  expect(found(history)).toEqual([]);
  first.identifiedAt = 1300;
  expect(found(history)).toMatchObject([{ promise: 'P1', requests: [0, 1] }]);
  first.uncertaintyMs = 40;
  expect(found(history)).toEqual([]);
});

test('P2 an IDENTIFY less than an interval after a confirmed one is a violation, even if the answer was seen late', () => {
  const history = new FakeHistory();
  const first = history.request(0, { shard: 0, uncertaintyMs: 100, ...v1 });
  const second = history.request(0, { shard: 2, ...v1 });
  history.confirmed(1000, first, 1200);
  history.permit(1700, second);
  first.identifiedAt = 1100;
  expect(found(history)).toEqual([]);
  first.identifiedAt = 1202;
  expect(found(history)).toMatchObject([{ promise: 'P2', requests: [0, 1] }]);
});

test('P1 IDENTIFYs of other buckets do not count, and the bucket of a lost permit follows from its shard', () => {
  const history = new FakeHistory();
  history.permit(1000, history.request(0, { shard: 0 }));
  history.request(0, { shard: 1, outcome: 'permit', endedAt: 1010, identifiedAt: 1010 });
  expect(found(history)).toEqual([]);
  history.request(0, { shard: 2, outcome: 'permit', endedAt: 1020, identifiedAt: 1020 });
  expect(found(history)).toMatchObject([{ promise: 'P1', requests: [0, 2] }]);
});
