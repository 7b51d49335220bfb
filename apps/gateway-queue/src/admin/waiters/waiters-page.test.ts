import { compareRanks, type WaiterView } from '@gateway-queue/identify-limiter';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeWaiters } from '../lists/place-waiters.ts';
import { fromCursor } from './rank-cursor.ts';
import { waitersPage } from './waiters-page.ts';
import type { WaitersQuery } from './waiters.query.ts';

const SINCE = 1_800_000_000_000;

const someWaiters = fc
  .uniqueArray(
    fc.record({
      shard: fc.option(fc.nat(40)),
      priority: fc.constantFrom('normal' as const, 'high' as const),
      joinedMs: fc.nat(5),
      ticket: fc.nat(10_000),
    }),
    { selector: ({ ticket }) => ticket, maxLength: 60 },
  )
  .map((waiters) =>
    waiters
      .map(({ joinedMs, priority, shard, ticket }): WaiterView => {
        // To the microsecond, as a store on Redis has it.
        const rank = { priority, joinedAt: 25_654_918.381 + joinedMs, ticket };
        return { id: `entry.${ticket}`, shard, rank, since: SINCE + joinedMs, replica: 'a' };
      })
      .toSorted((a, b) => compareRanks(a.rank, b.rank)),
  );

test('all pages together have all waiters, each once, in rank order, although some leave in between', () => {
  fc.assert(
    fc.property(someWaiters, fc.integer({ min: 1, max: 7 }), fc.nat(), (waiters, limit, seed) => {
      const found: string[] = [];
      let waiting = waiters;
      for (let cursor: string | undefined, pages = 0; ; pages += 1) {
        const after = cursor === undefined ? undefined : fromCursor(cursor);
        const page = waitersPage(
          placeWaiters(waiting, 4),
          query({ limit, ...(after && { after }) }),
        );
        found.push(...page.items.map(({ id }) => id));
        if (page.next === undefined) break;
        cursor = page.next;
        // The one at the end of the page is gone when the next one is asked for.
        if ((seed + pages) % 2 === 0) waiting = waiting.filter(({ id }) => id !== found.at(-1));
      }
      expect(found).toEqual(waiters.map(({ id }) => id));
    }),
  );
});

test('a position is that in the line of the bucket, whatever the query leaves out', () => {
  const waiters = placeWaiters(
    [4, 8, 1, 12].map((shard, ticket): WaiterView => ({
      id: `entry.${ticket}`,
      shard,
      rank: { priority: 'normal', joinedAt: 1, ticket },
      since: SINCE,
      replica: 'b',
    })),
    4,
  );
  const page = waitersPage(waiters, query({ shard: 12 }));
  expect(page).toEqual({
    items: [
      {
        id: 'entry.3',
        shard: 12,
        bucket: 0,
        position: 3,
        priority: 'normal',
        since: SINCE,
        replica: 'b',
      },
    ],
    total: 1,
  });
  expect(waitersPage(waiters, query({ bucket: 1 })).items).toHaveLength(1);
});

function query(wanted: Partial<WaitersQuery>): WaitersQuery {
  return { limit: 100, ...wanted };
}
