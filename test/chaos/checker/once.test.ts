import { expect, test } from 'vitest';

import { Evidence } from './evidence.ts';
import { checkOnce } from './once.ts';
import { FakeHistory } from './testing/fake-history.ts';

const found = (history: FakeHistory) => checkOnce(new Evidence(history));

test('P8 one permit for two requests is a violation', () => {
  const history = new FakeHistory();
  const permit = history.permit(1000, history.request(0, { shard: 0, path: '/v1' }));
  const second = history.request(0, { shard: 0, path: '/v1', outcome: 'permit', endedAt: 1010 });
  second.permit = { id: `bot:${permit.id}`, bucket: 0 };
  expect(found(history).violations).toMatchObject([{ promise: 'P8', requests: [1, 0] }]);
});

test('P8 a permit that the store never gave is a violation, unless the store may have lost it', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'permit', endedAt: 1000 });
  expect(found(history).violations).toMatchObject([{ promise: 'P8', requests: [0] }]);
  history.lossesAt.push(1500);
  expect(found(history).violations).toEqual([]);
});

test('P8 two answers on / and only one permit is a violation', () => {
  const history = new FakeHistory();
  history.permit(1000, history.request(0, { shard: 0 }));
  history.request(0, { shard: 0, outcome: 'permit', endedAt: 1005 });
  expect(found(history).violations).toMatchObject([{ promise: 'P8', requests: [1] }]);
});

test('P8 a permit that was released although its shard got it is a violation', () => {
  const history = new FakeHistory();
  const request = history.request(0, { shard: 0, path: '/v1' });
  history.permit(1000, request, { released: true });
  expect(found(history).violations).toMatchObject([{ promise: 'P8', requests: [0] }]);
  request.released = true;
  expect(found(history).violations).toEqual([]);
});

test('P8 a wrong answer is a violation', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'wrong', detail: '500 {}', endedAt: 10 });
  const [violation] = found(history).violations;
  expect(violation).toMatchObject({ promise: 'P8', requests: [0] });
  expect(violation?.what).toContain('500 {}');
});
