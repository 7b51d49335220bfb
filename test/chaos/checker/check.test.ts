import { expect, test } from 'vitest';

import { check } from './check.ts';
import { MadeUp } from './testing/fake-history.ts';

/** Two shards of a bucket, one after the other, as it should be. */
function goodDay(): MadeUp {
  const history = new MadeUp();
  history.permit(450, history.ask(0, { shard: 0 }));
  history.permit(1200, history.ask(100, { shard: 2 }));
  history.starts.push({ bot: 'bot', ask: 0, at: 451, remaining: 500 });
  return history;
}

test('on a good day nothing is found, and there is something to show for it', () => {
  expect(check(goodDay())).toMatchObject({
    violations: [],
    figures: { permits: 2, identifies: 2, answered: 2, latenessJudged: 2, worstLatenessMs: 50 },
  });
});

test('whatever is wrong is found', () => {
  const history = goodDay();
  const early = history.ask(200, { shard: 4 });
  history.permit(1300, early);
  history.starts.push({ bot: 'bot', ask: early.number, at: 1301, remaining: 0 });
  const pause = { bot: 'bot', bucket: null, from: 1200, answeredAt: 1210 };
  history.pauses.push({ ...pause, liftedAt: 1400, liftAnsweredAt: 1410 });
  history.permit(9000, { shard: 0 });
  history.ask(0, { shard: 8, outcome: 'wrong', detail: '500', endedAt: 1 });
  history.stays.push({ bot: 'bot', shard: 10, from: 0, to: Infinity });
  history.endings.push({ replica: 0, toldAt: null, endedAt: 1, code: 1, said: '' });
  const promises = check(history).violations.map(({ promise }) => promise);
  expect([...new Set(promises)].toSorted()).toEqual([
    'P1',
    'P3',
    'P5',
    'P7',
    'P8',
    'everybody is served',
    'goes on',
  ]);
});
