import { compareRanks, type Rank } from '@gateway-queue/identify-limiter';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

/** From few values, so that equal members are common. */
const rank: fc.Arbitrary<Rank> = fc.record({
  priority: fc.constantFrom<Rank['priority'][]>('normal', 'high'),
  joinedAt: fc.constantFrom(0, 0.5, 1, 1e9),
  ticket: fc.nat(3),
});

test('P4 priority comes first, then the time of joining, then the ticket', () => {
  const inOrder: Rank[] = [
    { priority: 'high', joinedAt: 2, ticket: 9 },
    { priority: 'high', joinedAt: 3, ticket: 1 },
    { priority: 'normal', joinedAt: 1, ticket: 4 },
    { priority: 'normal', joinedAt: 1, ticket: 5 },
    { priority: 'normal', joinedAt: 1.5, ticket: 0 },
  ];
  expect(inOrder.toReversed().toSorted(compareRanks)).toEqual(inOrder);
});

test('P4 ranks are totally ordered', () => {
  const property = fc.property(rank, rank, rank, (a, b, c) => {
    const isSame = a.priority === b.priority && a.joinedAt === b.joinedAt && a.ticket === b.ticket;
    expect(compareRanks(a, b) === 0).toBe(isSame);
    expect(Math.sign(compareRanks(a, b)) + Math.sign(compareRanks(b, a))).toBe(0);
    const [first, second, third] = [a, b, c].toSorted(compareRanks);
    expect(first && third && compareRanks(first, third)).toBeLessThanOrEqual(0);
    expect(first && second && compareRanks(first, second)).toBeLessThanOrEqual(0);
  });
  fc.assert(property);
});
