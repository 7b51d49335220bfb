import { expect, test } from 'vitest';

import { Evidence } from './evidence.ts';
import { checkOrder } from './order.ts';
import { FakeHistory } from './testing/fake-history.ts';

const found = (history: FakeHistory) => checkOrder(new Evidence(history));

test('P4 a shard served before one that joined earlier is a violation', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0 });
  history.permit(2000, history.request(1000, { shard: 2 }));
  expect(found(history).violations).toMatchObject([{ promise: 'P4', requests: [1, 0] }]);
});

test('P4 a shard that joined at about the same time, in another bucket or with high priority may go first', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0 });
  history.permit(2000, history.request(300, { shard: 2 }));
  history.permit(2000, history.request(1000, { shard: 1 }));
  history.permit(2750, history.request(2100, { shard: 4, priority: 'high' }));
  expect(found(history).violations).toEqual([]);
});

test('P4 a shard of normal priority served before one of high priority is a violation', () => {
  const history = new FakeHistory();
  const normal = history.request(0, { shard: 0 });
  history.request(1000, { shard: 2, priority: 'high' });
  history.permit(2000, normal);
  expect(found(history).violations).toMatchObject([{ promise: 'P4', requests: [0, 1] }]);
});

test('P4 permits in the right order are counted', () => {
  const history = new FakeHistory();
  const first = history.request(0, { shard: 0 });
  history.request(1000, { shard: 2 });
  history.permit(2000, first);
  expect(found(history)).toMatchObject({ violations: [], figures: { ordersJudged: 1 } });
});

test('P6 a shard that asks again elsewhere and is passed is a violation', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'left', endedAt: 1000 });
  const other = history.request(1200, { shard: 2 });
  history.request(3000, { shard: 0, replica: 1 });
  history.permit(5000, other);
  expect(found(history).violations).toMatchObject([{ promise: 'P6', requests: [1, 2] }]);
});

test.each([
  ['its place had expired', { left: 1000, again: 22_000 }],
  ['it was not in line again for long enough', { left: 1000, again: 29_500 }],
  ['it had hardly been in line', { left: 100, again: 3000 }],
])('P6 a shard may be passed when %s', (_why, { left, again }) => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'left', endedAt: left });
  const other = history.request(1200, { shard: 2 });
  history.request(again, { shard: 0, replica: 1 });
  history.permit(30_000, other);
  expect(found(history).violations).toEqual([]);
});

test('P6 a shard whose replica was killed has its place only when the other replicas know of the death', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'closed', endedAt: 1000 });
  history.faults.push({ kind: 'replica killed', replica: 0, from: 1000, to: 1500 });
  const other = history.request(1200, { shard: 2, replica: 2 });
  const another = history.request(1200, { shard: 4, replica: 2 });
  history.request(3000, { shard: 0, replica: 1 });
  history.permit(4000, other);
  expect(found(history).violations).toEqual([]);
  history.permit(5000, another);
  expect(found(history).violations).toMatchObject([{ promise: 'P6', requests: [2, 3] }]);
});

test('P6 a shard that may have taken its place to a replica that was killed may be passed until then', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'left', endedAt: 1000 });
  const other = history.request(1200, { shard: 2 });
  history.request(1300, { shard: 0, replica: 1, outcome: 'closed', endedAt: 1500 });
  history.request(1600, { shard: 0 });
  history.faults.push({ kind: 'replica killed', replica: 1, from: 1500, to: 2000 });
  history.permit(3500, other);
  expect(found(history).violations).toEqual([]);
});

test('P6 a shard may be passed when the store lost data', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'left', endedAt: 1000 });
  const other = history.request(1200, { shard: 2 });
  history.request(3000, { shard: 0, replica: 1 });
  history.permit(5000, other);
  history.lossesAt.push(2000);
  expect(found(history).violations).toEqual([]);
});

test('P6 a shard that was served has no place from before', () => {
  const history = new FakeHistory();
  history.permit(1000, history.request(0, { shard: 0 }));
  const other = history.request(1200, { shard: 2 });
  history.request(3000, { shard: 0, replica: 1 });
  history.permit(5000, other);
  expect(found(history).violations).toEqual([]);
});
