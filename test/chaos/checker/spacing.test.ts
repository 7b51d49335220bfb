import { expect, test } from 'vitest';

import { Evidence } from './evidence.ts';
import { checkSpacing } from './spacing.ts';
import { FakeHistory } from './testing/fake-history.ts';

const found = (history: FakeHistory) => checkSpacing(new Evidence(history));

const v1 = { path: '/v1', confirm: true } as const;

test('P1 permits of one bucket that are an interval and the margin apart are no violation', () => {
  const history = new FakeHistory();
  history.permit(1000, history.request(0, { shard: 0 }));
  history.permit(1000, history.request(0, { shard: 1 }));
  history.permit(1750, history.request(0, { shard: 2 }));
  expect(found(history)).toMatchObject({
    violations: [],
    figures: { permits: 3, minGapMs: 750, minSlackMs: 0 },
  });
});

test('P1 a permit that is too early is a violation, reported with both requests', () => {
  const history = new FakeHistory();
  history.permit(1000, history.request(0, { shard: 0 }));
  history.permit(1749.9, history.request(0, { shard: 2 }));
  const [violation, ...others] = found(history).violations;
  expect(violation).toMatchObject({ promise: 'P1', requests: [0, 1] });
  expect(violation?.what).toContain('749.9 ms after');
  expect(others).toEqual([]);
});

test('P1 a released permit does not keep its bucket closed, and the permit before it does', () => {
  const history = new FakeHistory();
  history.permit(1000, history.request(0, { shard: 0 }));
  history.permit(1750, { shard: 2 }, { released: true });
  history.permit(1800, history.request(0, { shard: 4 }));
  expect(found(history).violations).toEqual([]);

  history.permit(2550, { shard: 6 }, { released: true });
  history.permit(2549, history.request(0, { shard: 8 }));
  expect(found(history).violations).toMatchObject([{ promise: 'P1', requests: [1, 2] }]);
});

test('P1 a permit to be confirmed keeps its bucket closed until it is confirmed or expired', () => {
  const history = new FakeHistory();
  history.confirmed(1000, history.request(0, { shard: 0, ...v1 }), 1100);
  history.permit(1600, history.request(0, { shard: 2, ...v1 }));
  history.permit(4350, history.request(0, { shard: 4, ...v1 }));
  expect(found(history).violations).toEqual([]);
  history.permit(7099, history.request(0, { shard: 6 }));
  expect(found(history).violations).toMatchObject([{ promise: 'P1', requests: [2, 3] }]);
});

test('P1 after a change of max_concurrency a permit too soon after one of an old bucket is a violation', () => {
  const history = new FakeHistory();
  history.permit(1000, history.request(0, { shard: 0 }));
  history.buckets.push({
    bot: 'bot',
    at: 1200,
    onStoreClock: history.onStoreClock(1200),
    maxConcurrency: 3,
  });
  history.permit(1700, history.request(0, { shard: 1 }), { bucket: 1 });
  expect(found(history).violations).toMatchObject([{ promise: 'P1', requests: [0, 1] }]);
});

test('P1 a permit too soon after one that the store has lost since is a violation', () => {
  const history = new FakeHistory();
  history.permit(1000, history.request(0, { shard: 0, ...v1 }), { lost: true });
  history.lossesAt.push(1200);
  history.permit(1750, history.request(0, { shard: 2 }));
  expect(found(history).violations).toEqual([]);
  history.permit(2499, history.request(0, { shard: 4 }), { lost: true });
  expect(found(history).violations).toMatchObject([{ promise: 'P1', requests: [1, 2] }]);
});
