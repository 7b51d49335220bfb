import { compareRanks, type Rank } from '@gateway-queue/identify-limiter';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Line } from '../src/line.ts';

interface Item {
  readonly state: { readonly rank: Rank };
}

/** Ranks whose moments and priorities are often equal. No two have the same ticket. */
const someRanks = fc.uniqueArray(
  fc.record<Rank>({
    priority: fc.constantFrom('normal', 'high'),
    joinedAt: fc.nat(4),
    ticket: fc.nat(200),
  }),
  { selector: (rank) => rank.ticket, maxLength: 60 },
);

const someMoves = fc.array(fc.record({ add: fc.boolean(), pick: fc.nat() }), { maxLength: 200 });

test('P4 a line equals a sorted list, whatever is added and removed', () => {
  fc.assert(
    fc.property(someRanks, someMoves, (ranks, moves) => {
      const line = new Line<Item>();
      const absent: Item[] = ranks.map((rank) => ({ state: { rank } }));
      const present: Item[] = [];
      for (const { add, pick } of moves) {
        const [from, to] = add ? [absent, present] : [present, absent];
        const [item] = from.splice(pick % Math.max(from.length, 1), 1);
        if (item === undefined) continue;
        to.push(item);
        if (add) line.add(item);
        else line.remove(item);
        const sorted = present.toSorted((a, b) => compareRanks(a.state.rank, b.state.rank));
        expect([...line]).toEqual(sorted);
        expect(line.first).toBe(sorted[0]);
        expect(line.size).toBe(sorted.length);
      }
    }),
  );
});

test('P4 removing an item that is not in the line removes nothing', () => {
  const line = new Line<Item>();
  const rank: Rank = { priority: 'normal', joinedAt: 1, ticket: 1 };
  const item = { state: { rank } };
  line.remove(item);
  line.add(item);
  line.remove({ state: { rank } });
  line.remove({ state: { rank: { ...rank, ticket: 2 } } });
  expect([...line]).toEqual([item]);
});
