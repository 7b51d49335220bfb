import { expect, test } from 'vitest';

import { Evidence } from './evidence.ts';
import { checkOrder } from './order.ts';
import { MadeUp } from './testing/fake-history.ts';

const found = (history: MadeUp) => checkOrder(new Evidence(history));

test('P4 one that joined after is served before', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0 });
  history.permit(2000, history.ask(1000, { shard: 2 }));
  expect(found(history).violations).toMatchObject([{ promise: 'P4', asks: [1, 0] }]);
});

test('P4 who joined at about the same time, in another bucket or with high priority may be', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0 });
  history.permit(2000, history.ask(300, { shard: 2 }));
  history.permit(2000, history.ask(1000, { shard: 1 }));
  history.permit(2750, history.ask(2100, { shard: 4, priority: 'high' }));
  expect(found(history).violations).toEqual([]);
});

test('P4 one of high priority that is in line is passed by a normal one', () => {
  const history = new MadeUp();
  const normal = history.ask(0, { shard: 0 });
  history.ask(1000, { shard: 2, priority: 'high' });
  history.permit(2000, normal);
  expect(found(history).violations).toMatchObject([{ promise: 'P4', asks: [0, 1] }]);
});

test('what is in order is counted', () => {
  const history = new MadeUp();
  const first = history.ask(0, { shard: 0 });
  history.ask(1000, { shard: 2 });
  history.permit(2000, first);
  expect(found(history)).toMatchObject({ violations: [], figures: { ordersJudged: 1 } });
});

test('P6 a shard that hung up and asked again elsewhere has lost its place', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'left', endedAt: 1000 });
  const other = history.ask(1200, { shard: 2 });
  history.ask(3000, { shard: 0, replica: 1 });
  history.permit(5000, other);
  expect(found(history).violations).toMatchObject([{ promise: 'P6', asks: [1, 2] }]);
});

test.each([
  ['its place had expired', { left: 1000, again: 22_000 }],
  ['it was not in line again long enough', { left: 1000, again: 29_500 }],
  ['it had hardly been in line', { left: 100, again: 3000 }],
])('P6 a shard may be passed when %s', (_why, { left, again }) => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'left', endedAt: left });
  const other = history.ask(1200, { shard: 2 });
  history.ask(again, { shard: 0, replica: 1 });
  history.permit(30_000, other);
  expect(found(history).violations).toEqual([]);
});

test('P6 one whose first replica was in trouble has its place only once others know that', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'closed', endedAt: 1000 });
  history.troubles.push({ kind: 'replica killed', replica: 0, from: 1000, to: 1500 });
  const other = history.ask(1200, { shard: 2, replica: 2 });
  const another = history.ask(1200, { shard: 4, replica: 2 });
  history.ask(3000, { shard: 0, replica: 1 });
  history.permit(4000, other);
  expect(found(history).violations).toEqual([]);
  history.permit(5000, another);
  expect(found(history).violations).toMatchObject([{ promise: 'P6', asks: [2, 3] }]);
});

test('P6 so does one that may have taken its place to a replica in trouble', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'left', endedAt: 1000 });
  const other = history.ask(1200, { shard: 2 });
  history.ask(1300, { shard: 0, replica: 1, outcome: 'closed', endedAt: 1500 });
  history.ask(1600, { shard: 0 });
  history.troubles.push({ kind: 'replica killed', replica: 1, from: 1500, to: 2000 });
  history.permit(3500, other);
  expect(found(history).violations).toEqual([]);
});

test('P6 after the store lost data, places may be gone', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'left', endedAt: 1000 });
  const other = history.ask(1200, { shard: 2 });
  history.ask(3000, { shard: 0, replica: 1 });
  history.permit(5000, other);
  history.lossesAt.push(2000);
  expect(found(history).violations).toEqual([]);
});

test('P6 a shard that was served has no place of before', () => {
  const history = new MadeUp();
  history.permit(1000, history.ask(0, { shard: 0 }));
  const other = history.ask(1200, { shard: 2 });
  history.ask(3000, { shard: 0, replica: 1 });
  history.permit(5000, other);
  expect(found(history).violations).toEqual([]);
});
