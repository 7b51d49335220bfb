import { expect, test } from 'vitest';

import { Evidence } from './evidence.ts';
import { checkGhosts } from './ghosts.ts';
import { MadeUp } from './testing/fake-history.ts';

const found = (history: MadeUp) => checkGhosts(new Evidence(history));

test('P5 a permit for one that had left', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'left', endedAt: 500 });
  history.permit(1000, { shard: 0 });
  expect(found(history).violations).toMatchObject([{ promise: 'P5', asks: [0] }]);
});

test('P5 a permit for one that waits on', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'left', endedAt: 4000 });
  history.permit(1000, { shard: 0 });
  expect(found(history).violations).toMatchObject([{ promise: 'P5', asks: [0] }]);
});

test('one that hung up at the same moment, or was given its due back, excuses it', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'left', endedAt: 990 });
  history.permit(1000, { shard: 0 });
  history.permit(1000, { shard: 1 }, { back: true });
  expect(found(history)).toMatchObject({ violations: [], figures: { slotsLostToHangUps: 1 } });
});

test('a replica that was killed with the permit excuses it, and another one does not', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'closed', endedAt: 1400 });
  history.permit(1000, { shard: 0 });
  history.troubles.push({ kind: 'link stalls', replica: 0, from: 900, to: 1300 });
  const killed = { kind: 'replica killed', from: 1400, to: 2000 };
  history.troubles.push({ ...killed, replica: 1 });
  expect(found(history).violations).toMatchObject([{ promise: 'P5' }]);
  history.troubles.push({ ...killed, replica: 0 });
  expect(found(history)).toMatchObject({ violations: [], figures: { slotsLostToKills: 1 } });
});

test('so does one that was killed before what it asked was done, where something held that up', () => {
  const history = new MadeUp();
  history.ask(0, { shard: 0, outcome: 'closed', endedAt: 600 });
  history.permit(1000, { shard: 0 });
  history.troubles.push({ kind: 'replica killed', replica: 0, from: 600, to: 800 });
  expect(found(history).violations).toMatchObject([{ promise: 'P5' }]);
  history.troubles.push({ kind: 'link stalls', replica: 0, from: 500, to: 1000 });
  expect(found(history)).toMatchObject({ violations: [], figures: { slotsLostToKills: 1 } });
});
