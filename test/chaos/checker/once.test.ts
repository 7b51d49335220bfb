import { expect, test } from 'vitest';

import { Evidence } from './evidence.ts';
import { checkOnce } from './once.ts';
import { MadeUp } from './testing/fake-history.ts';

const found = (history: MadeUp) => checkOnce(new Evidence(history));

test('P8 two requests that were told of one permit', () => {
  const history = new MadeUp();
  const permit = history.permit(1000, history.ask(0, { shard: 0, path: '/v1' }));
  const second = history.ask(0, { shard: 0, path: '/v1', outcome: 'permit', endedAt: 1010 });
  second.permit = { id: `bot:${permit.id}`, bucket: 0 };
  expect(found(history).violations).toMatchObject([{ promise: 'P8', asks: [1, 0] }]);
});

test('P8 a permit that the store never gave, unless it has lost it', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'permit', endedAt: 1000 });
  expect(found(history).violations).toMatchObject([{ promise: 'P8', asks: [0] }]);
  history.lossesAt.push(1500);
  expect(found(history).violations).toEqual([]);
});

test('P8 two answers on / and only one permit for them', () => {
  const history = new MadeUp();
  history.permit(1000, history.ask(0, { shard: 0 }));
  history.ask(0, { shard: 0, outcome: 'permit', endedAt: 1005 });
  expect(found(history).violations).toMatchObject([{ promise: 'P8', asks: [1] }]);
});

test('P8 a permit that was released although its shard has it', () => {
  const history = new MadeUp();
  const ask = history.ask(0, { shard: 0, path: '/v1' });
  history.permit(1000, ask, { back: true });
  expect(found(history).violations).toMatchObject([{ promise: 'P8', asks: [0] }]);
  ask.released = true;
  expect(found(history).violations).toEqual([]);
});

test('P8 an answer that nobody should get', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'wrong', detail: '500 {}', endedAt: 10 });
  const [violation] = found(history).violations;
  expect(violation).toMatchObject({ promise: 'P8', asks: [0] });
  expect(violation?.what).toContain('500 {}');
});
