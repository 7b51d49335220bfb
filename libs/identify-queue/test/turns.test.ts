import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SessionStarts } from '../src/known-starts.ts';
import { type MovingLine, turnAt, turnFrom } from '../src/turns.ts';
import { range } from './numbers.ts';

const INTERVAL_MS = 1000;

/** More starts than any of these lines has turns. */
const PLENTY = 1000;

/** Drains the lines turn by turn. Returns the moments of the first line's turns; null for a turn that never comes. */
function drain(lines: readonly MovingLine[], starts: SessionStarts): (number | null)[] {
  const open = lines.map(({ nextTurnAt, waiting }, index) => ({ at: nextTurnAt, waiting, index }));
  let { left, resetAt } = starts;
  const moments: (number | null)[] = [];
  for (;;) {
    const [next] = open.filter(({ waiting }) => waiting > 0).toSorted((a, b) => a.at - b.at);
    if (next === undefined) break;
    if (resetAt !== null && resetAt <= next.at) {
      left = starts.perWindow;
      resetAt = null;
    }
    if (left > 0) {
      left -= 1;
      resetAt ??= next.at + SESSION_WINDOW_MS;
      if (next.index === 0) moments.push(next.at);
      next.at += INTERVAL_MS;
      next.waiting -= 1;
    } else if (resetAt === null || starts.perWindow === 0) {
      break;
    } else {
      for (const line of open) line.at = Math.max(line.at, resetAt);
    }
  }
  return range(lines[0]?.waiting ?? 0).map((turn) => moments[turn] ?? null);
}

function turnsOf(lines: readonly MovingLine[], starts: SessionStarts): (number | null)[] {
  const [own, ...others] = lines;
  if (own === undefined) return [];
  const basis = { own, others, starts, intervalMs: INTERVAL_MS };
  return range(own.waiting).map((turn) => turnAt(basis, turn));
}

const someReset = fc.oneof(fc.constant(null), fc.nat(20_000), fc.nat(2 * SESSION_WINDOW_MS));

test('the turns of a single line are exact, over all windows', () => {
  const someLine = fc.record({ nextTurnAt: fc.nat(30_000), waiting: fc.nat(40) });
  const someStarts = fc
    .record({ perWindow: fc.nat(12), spent: fc.nat(12), resetAt: someReset })
    .map(({ perWindow, spent, resetAt }) => ({
      left: Math.max(perWindow - spent, 0),
      perWindow,
      resetAt,
    }));
  fc.assert(
    fc.property(someLine, someStarts, (line, starts) => {
      expect(turnsOf([line], starts)).toEqual(drain([line], starts));
    }),
    { numRuns: 2000 },
  );
});

test('the turns of several lines are exact, over the first reset', () => {
  const someLines = fc.array(
    fc.record({ late: fc.nat(10), waiting: fc.integer({ min: 1, max: 12 }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  const someStarts = fc.record({
    left: fc.nat(20),
    perWindow: fc.constant(PLENTY),
    resetAt: someReset,
  });
  fc.assert(
    fc.property(someLines, someStarts, (lengths, starts) => {
      // No two lines have a turn at the same moment, since the order of these would not be defined.
      const lines = lengths.map(({ late, waiting }, index) => ({
        nextTurnAt: late * INTERVAL_MS + index,
        waiting,
      }));
      expect(turnsOf(lines, starts)).toEqual(drain(lines, starts));
    }),
    { numRuns: 2000 },
  );
});

test('a turn after more than 64 resets is null, and is not searched for', () => {
  const starts = { left: 0, perWindow: 1, resetAt: 500 };
  const waiting = 20_000;
  /** How often the length of the line was read. */
  let reads = 0;
  const own = {
    nextTurnAt: 0,
    get waiting() {
      reads += 1;
      return waiting;
    },
  };
  const basis = { own, others: [], starts, intervalMs: INTERVAL_MS };
  expect(turnAt(basis, 63)).toBe(500 + 63 * SESSION_WINDOW_MS);
  expect(turnAt(basis, 64)).toBeNull();
  reads = 0;
  expect(turnAt(basis, waiting - 1)).toBeNull();
  expect(reads).toBeLessThanOrEqual(64);
  expect(turnFrom(basis, 63 * SESSION_WINDOW_MS)).toBe(500 + 63 * SESSION_WINDOW_MS);
  expect(turnFrom(basis, 65 * SESSION_WINDOW_MS)).toBeNull();
});

test('while the session starts are unknown, turns do not depend on them', () => {
  const own = { nextTurnAt: 500, waiting: 3 };
  const basis = { own, others: [own], starts: undefined, intervalMs: INTERVAL_MS };
  expect(turnAt(basis, 2)).toBe(2500);
});
