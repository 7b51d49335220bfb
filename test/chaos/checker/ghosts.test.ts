import { expect, test } from 'vitest';

import { Evidence } from './evidence.ts';
import { checkGhosts } from './ghosts.ts';
import { FakeHistory } from './testing/fake-history.ts';

const found = (history: FakeHistory) => checkGhosts(new Evidence(history));

test('P5 a permit for a request that had left is a violation', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'left', endedAt: 500 });
  history.permit(1000, { shard: 0 });
  expect(found(history).violations).toMatchObject([{ promise: 'P5', requests: [0] }]);
});

test('P5 a lost permit for a request that still waits is a violation', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'left', endedAt: 4000 });
  history.permit(1000, { shard: 0 });
  expect(found(history).violations).toMatchObject([{ promise: 'P5', requests: [0] }]);
});

test('P5 a permit is excused when its client hung up at the same moment, or when it was released', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'left', endedAt: 990 });
  history.permit(1000, { shard: 0 });
  history.permit(1000, { shard: 1 }, { released: true });
  expect(found(history)).toMatchObject({ violations: [], figures: { slotsLostToHangUps: 1 } });
});

test('P5 a permit is excused when its replica was killed with it, but not when another replica was', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'closed', endedAt: 1400 });
  history.permit(1000, { shard: 0 });
  history.faults.push({ kind: 'link stalls', replica: 0, from: 900, to: 1300 });
  const killed = { kind: 'replica killed', from: 1400, to: 2000 };
  history.faults.push({ ...killed, replica: 1 });
  expect(found(history).violations).toMatchObject([{ promise: 'P5' }]);
  history.faults.push({ ...killed, replica: 0 });
  expect(found(history)).toMatchObject({ violations: [], figures: { slotsLostToKills: 1 } });
});

test('P5 a permit is excused when its replica was killed before a delayed call was done', () => {
  const history = new FakeHistory();
  history.request(0, { shard: 0, outcome: 'closed', endedAt: 600 });
  history.permit(1000, { shard: 0 });
  history.faults.push({ kind: 'replica killed', replica: 0, from: 600, to: 800 });
  expect(found(history).violations).toMatchObject([{ promise: 'P5' }]);
  history.faults.push({ kind: 'link stalls', replica: 0, from: 500, to: 1000 });
  expect(found(history)).toMatchObject({ violations: [], figures: { slotsLostToKills: 1 } });
});
