import { expect, test } from 'vitest';

import { Evidence } from './evidence.ts';
import { checkSpacing } from './spacing.ts';
import { MadeUp } from './testing/fake-history.ts';

const found = (history: MadeUp) => checkSpacing(new Evidence(history));

const v1 = { path: '/v1', confirm: true } as const;

test('permits of one bucket an interval and the margin apart are well spaced', () => {
  const history = new MadeUp();
  history.permit(1000, history.ask(0, { shard: 0 }));
  history.permit(1000, history.ask(0, { shard: 1 }));
  history.permit(1750, history.ask(0, { shard: 2 }));
  expect(found(history)).toMatchObject({
    violations: [],
    figures: { permits: 3, leastGapMs: 750, leastSlackMs: 0 },
  });
});

test('P1 a permit too early is found, with both requests', () => {
  const history = new MadeUp();
  history.permit(1000, history.ask(0, { shard: 0 }));
  history.permit(1749.9, history.ask(0, { shard: 2 }));
  const [violation, ...others] = found(history).violations;
  expect(violation).toMatchObject({ promise: 'P1', asks: [0, 1] });
  expect(violation?.what).toContain('749.9 ms after');
  expect(others).toEqual([]);
});

test('P1 a permit that was released keeps nobody waiting, and the one before it does', () => {
  const history = new MadeUp();
  history.permit(1000, history.ask(0, { shard: 0 }));
  history.permit(1750, { shard: 2 }, { back: true });
  history.permit(1800, history.ask(0, { shard: 4 }));
  expect(found(history).violations).toEqual([]);

  history.permit(2550, { shard: 6 }, { back: true });
  history.permit(2549, history.ask(0, { shard: 8 }));
  expect(found(history).violations).toMatchObject([{ promise: 'P1', asks: [1, 2] }]);
});

test('P1 one that is to be confirmed keeps its bucket closed until it is, or its time is over', () => {
  const history = new MadeUp();
  history.confirmed(1000, history.ask(0, { shard: 0, ...v1 }), 1100);
  history.permit(1600, history.ask(0, { shard: 2, ...v1 }));
  history.permit(4350, history.ask(0, { shard: 4, ...v1 }));
  expect(found(history).violations).toEqual([]);
  history.permit(7099, history.ask(0, { shard: 6 }));
  expect(found(history).violations).toMatchObject([{ promise: 'P1', asks: [2, 3] }]);
});

test('P1 new buckets open no earlier than any old one', () => {
  const history = new MadeUp();
  history.permit(1000, history.ask(0, { shard: 0 }));
  history.buckets.push({
    bot: 'bot',
    at: 1200,
    onStore: history.onStore(1200),
    maxConcurrency: 3,
  });
  history.permit(1700, history.ask(0, { shard: 1 }), { bucket: 1 });
  expect(found(history).violations).toMatchObject([{ promise: 'P1', asks: [0, 1] }]);
});

test('P1 also a permit that the store has lost since is spaced from those that come after', () => {
  const history = new MadeUp();
  history.permit(1000, history.ask(0, { shard: 0, ...v1 }), { lost: true });
  history.lossesAt.push(1200);
  history.permit(1750, history.ask(0, { shard: 2 }));
  expect(found(history).violations).toEqual([]);
  history.permit(2499, history.ask(0, { shard: 4 }), { lost: true });
  expect(found(history).violations).toMatchObject([{ promise: 'P1', asks: [1, 2] }]);
});
