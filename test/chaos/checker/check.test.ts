import { expect, test } from 'vitest';

import { check } from './check.ts';
import { FakeHistory } from './testing/fake-history.ts';

/** A history without violations: two shards of a bucket, one after the other. */
function goodHistory(): FakeHistory {
  const history = new FakeHistory();
  history.permit(450, history.request(0, { shard: 0 }));
  history.permit(1200, history.request(100, { shard: 2 }));
  history.starts.push({ bot: 'bot', request: 0, at: 451, remaining: 500 });
  return history;
}

test('a history without violations has figures and no findings', () => {
  expect(check(goodHistory())).toMatchObject({
    violations: [],
    figures: { permits: 2, identifies: 2, answered: 2, latenessJudged: 2, maxLatenessMs: 50 },
  });
});

test('every broken promise is found', () => {
  const history = goodHistory();
  const early = history.request(200, { shard: 4 });
  history.permit(1300, early);
  history.starts.push({ bot: 'bot', request: early.number, at: 1301, remaining: 0 });
  const pause = { bot: 'bot', bucket: null, from: 1200, answeredAt: 1210 };
  history.pauses.push({ ...pause, liftedAt: 1400, liftAnsweredAt: 1410 });
  history.permit(9000, { shard: 0 });
  history.request(0, { shard: 8, outcome: 'wrong', detail: '500', endedAt: 1 });
  history.shardWaits.push({ bot: 'bot', shard: 10, from: 0, to: Infinity });
  history.exits.push({ replica: 0, signalledAt: null, endedAt: 1, code: 1, output: '' });
  const promises = check(history).violations.map(({ promise }) => promise);
  expect([...new Set(promises)].toSorted()).toEqual([
    'P1',
    'P3',
    'P5',
    'P7',
    'P8',
    'every shard is served',
    'process keeps running',
  ]);
});
