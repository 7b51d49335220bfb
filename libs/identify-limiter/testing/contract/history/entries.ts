import { randomUUID } from 'node:crypto';
import type { Entry, Rank } from '@gateway-queue/identify-limiter';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryHarness } from '../../memory/memory-harness.ts';
import type { LimiterHarness, Suite } from '../harness.ts';
import { attempt, BOT, MOMENT_MS, report } from '../moves.ts';
import { LONG } from './beginning.ts';
import { Comparable, differenceOf } from './comparable.ts';
import { failureOf } from './failure.ts';

/** What happens to some entries at once. */
interface Move {
  readonly do: 'enter' | 'leave' | 'forget' | 'ask' | 'advance';
  readonly replica: string;
  readonly entries: readonly Entry[];
  /** Whether each entry names the rank that it had last, if it had one. */
  readonly namesRanks: boolean;
  readonly ms: number;
}

/** Few shards and both priorities, so that entries often take places of each other. */
const ENTRIES = [5, 5, 5, 6, null, null].map((shard, index): Entry => ({
  id: `entry ${index}`,
  bot: BOT,
  shard,
  priority: index % 3 === 2 ? 'high' : 'normal',
}));

const moves = fc.array(
  fc.record<Move>({
    do: fc.constantFrom('enter', 'enter', 'enter', 'leave', 'leave', 'forget', 'ask', 'advance'),
    replica: fc.constantFrom('a', 'b'),
    entries: fc.uniqueArray(fc.constantFrom(...ENTRIES), { minLength: 1, maxLength: 3 }),
    namesRanks: fc.constantFrom(true, true, true, false),
    ms: fc.constantFrom(MOMENT_MS, 1000, 6000, 60_000),
  }),
  { maxLength: 30, size: 'max' },
);

/** Entries that come several at once, lose their ranks, or enter again because a reply was lost. */
export function anyEntries(suite: Suite): void {
  describe('any entries', () => {
    test(
      'P6 entries have the ranks that the steps give, and the same when they enter twice',
      LONG,
      async () => {
        const property = fc.asyncProperty(moves, async (played) => {
          const harness = await suite.makeHarness();
          try {
            await compare(harness, new MemoryHarness(harness), played);
          } finally {
            await harness.dispose();
          }
        });
        expect(await failureOf(property)).toBeUndefined();
      },
    );
  });
}

async function compare(
  harness: LimiterHarness,
  inMemory: MemoryHarness,
  played: readonly Move[],
): Promise<void> {
  const [tested, model] = [await Player.begin(harness), await Player.begin(inMemory)];
  for (const move of played) {
    const difference = differenceOf(await tested.play(move), await model.play(move));
    if (difference !== undefined) throw new Error(`after ${move.do}: ${difference}`);
  }
}

/** Plays moves, and reports what a limiter says in a form that can be compared. */
class Player {
  /** The rank that each entry had last. */
  readonly #ranks = new Map<Entry, Rank>();

  static async begin(harness: LimiterHarness): Promise<Player> {
    const limiter = harness.replica('a');
    await limiter.setLimits(BOT, report(2));
    await harness.advance(harness.intervalMs);
    const { now } = await limiter.view(BOT);
    return new Player(harness, new Comparable(limiter, now));
  }

  private constructor(
    private readonly harness: LimiterHarness,
    private readonly comparable: Comparable,
  ) {}

  async play(move: Move): Promise<unknown> {
    const answer = this.comparable.of(await this.#carryOut(move), 'answer', BOT);
    const { waiters } = await this.harness.replica('a').waiters(BOT);
    const waiting = waiters.map(({ replica: waitsAt, ...waiter }) =>
      this.comparable.of({ ...waiter, waitsAt, bot: BOT }),
    );
    return { answer, waiting };
  }

  async #carryOut(move: Move): Promise<unknown> {
    const limiter = this.harness.replica(move.replica);
    const entries = move.namesRanks ? move.entries.map((one) => this.#named(one)) : move.entries;
    switch (move.do) {
      case 'enter': {
        const ranks = await limiter.enter(entries);
        const difference = differenceOf(await limiter.enter(entries), ranks);
        if (difference !== undefined) throw new Error(`entered twice: ${difference}`);
        for (const [index, entry] of move.entries.entries()) {
          const rank = ranks[index];
          if (rank !== undefined) this.#ranks.set(entry, rank);
        }
        return ranks;
      }
      case 'leave':
        return limiter.leave(entries);
      case 'forget':
        return limiter.forget(entries);
      case 'ask':
        return this.#ask(move);
      case 'advance':
        return this.harness.advance(move.ms);
      default:
        return move.do satisfies never;
    }
  }

  async #ask({ entries: [entry], replica }: Move): Promise<unknown> {
    const rank = entry && this.#ranks.get(entry);
    if (entry === undefined || rank === undefined) return undefined;
    const waiter = { ...entry, rank, operation: randomUUID() };
    const answer = await attempt(this.harness.replica(replica), waiter);
    return answer.granted ? 'granted' : answer.reason;
  }

  #named(entry: Entry): Entry {
    const rank = this.#ranks.get(entry);
    return rank === undefined ? entry : { ...entry, rank };
  }
}
