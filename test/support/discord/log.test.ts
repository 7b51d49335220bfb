import { describe, expect, test } from 'vitest';

import { DiscordLog } from './log.ts';
import type { IdentifyEntry } from './log-entries.ts';

function identify(changed: Partial<IdentifyEntry>): IdentifyEntry {
  return {
    kind: 'identify',
    connection: 1,
    bot: 'default',
    shard: 0,
    count: 16,
    key: 0,
    receivedAt: 0,
    judgedAt: 0,
    networkDelayMs: 0,
    outcome: 'accepted',
    ...changed,
  };
}

describe('the log', () => {
  test('tells gaps between accepted identifies, by key and by bot', () => {
    const log = new DiscordLog();
    log.append(identify({ key: 0, judgedAt: 1000 }));
    log.append(identify({ key: 1, judgedAt: 1500 }));
    log.append(identify({ key: 0, judgedAt: 3000, outcome: 'too-early' }));
    log.append(identify({ key: 0, judgedAt: 3500, bot: 'other' }));
    log.append(identify({ key: 0, judgedAt: 6200 }));
    log.append(identify({ key: 0, judgedAt: 11_300 }));
    expect([...log.gapsByKey()]).toEqual([
      [0, [5200, 5100]],
      [1, []],
    ]);
    expect([...log.smallestGapByKey()]).toEqual([[0, 5100]]);
    expect(log.acceptedByKey('other').get(0)).toHaveLength(1);
    expect(log.invalidSessions()).toMatchObject([{ judgedAt: 3000 }]);
  });

  test('wakes a waiter when the event that it waits for has happened', async () => {
    const log = new DiscordLog();
    const twice = log.until(({ entries }) => entries.length === 2);
    log.append(identify({}));
    log.append(identify({}));
    await expect(twice).resolves.toBeUndefined();
    await expect(log.until(({ entries }) => entries.length === 2)).resolves.toBeUndefined();
  });
});
