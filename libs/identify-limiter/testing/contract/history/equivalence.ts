import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryHarness } from '../../memory/memory-harness.ts';
import type { LimiterHarness, Suite } from '../harness.ts';
import { BOT, OTHER_BOT } from '../moves.ts';
import { BEGINNING, LONG, RULES } from './beginning.ts';
import { type Command, CONFIRM_TIMEOUTS_MS, histories } from './commands.ts';
import { Comparable, differenceOf } from './comparable.ts';
import type { Event } from './event.ts';
import { failureOf } from './failure.ts';
import { Player } from './player.ts';

const ALL_PERMITS = { base: 1000, perBucket: 0, max: 1000 };

/** Whatever its store, a limiter gives the answers and the views that the steps give. */
export function sameAsTheSteps(suite: Suite): void {
  describe('the steps', () => {
    test(
      'P1 P3 P4 P6 P7 any history has the answers and views of the limiter in memory',
      LONG,
      async () => {
        const property = fc.asyncProperty(
          fc.constantFrom(...CONFIRM_TIMEOUTS_MS),
          histories('none'),
          async (confirmTimeoutMs, commands) => {
            const harness = await suite.makeHarness({ rules: { ...RULES, confirmTimeoutMs } });
            try {
              await compare(harness, new MemoryHarness(harness), commands);
            } finally {
              await harness.dispose();
            }
          },
        );
        expect(await failureOf(property)).toBeUndefined();
      },
    );
  });
}

async function compare(
  harness: LimiterHarness,
  inMemory: MemoryHarness,
  commands: readonly Command[],
): Promise<void> {
  const [tested, model] = [await Transcript.begin(harness), await Transcript.begin(inMemory)];
  for (const command of [...BEGINNING, ...commands]) {
    const [is, should] = [await tested.play(command), await model.play(command)];
    const difference = differenceOf(is, should);
    if (difference === undefined) continue;
    throw new Error(`after ${JSON.stringify(command)}: ${difference}`);
  }
}

/** What a limiter says in the course of a history, in a form that can be compared. */
class Transcript {
  #events: Event[] = [];
  readonly #player: Player;

  static async begin(harness: LimiterHarness): Promise<Transcript> {
    const { now } = await harness.replica('a').view(BOT);
    return new Transcript(harness, new Comparable(harness.replica('a'), now));
  }

  private constructor(
    private readonly harness: LimiterHarness,
    private readonly comparable: Comparable,
  ) {
    this.#player = new Player(harness, (event) => this.#events.push(event));
  }

  /** The answers to the command, and the views after it. */
  async play(command: Command): Promise<unknown> {
    this.#events = [];
    await this.#player.play(command);
    const events = this.comparable.of(this.#events);
    return { events, views: [await this.#viewOf(BOT), await this.#viewOf(OTHER_BOT)] };
  }

  async #viewOf(bot: string): Promise<unknown> {
    const limiter = this.harness.replica('a');
    const { now, opensAt, permits, ...rest } = await limiter.view(bot, ALL_PERMITS);
    const { waiters } = await limiter.waiters(bot);
    // Permits that were granted at one moment come in any order.
    const byId = new Map(
      permits.map((permit) => [this.comparable.of(permit.id, 'id', bot), permit]),
    );
    const ids = [...byId.keys()].toSorted((a, b) => Number(a) - Number(b));
    return {
      ...Object(this.comparable.of({ now, ...rest })),
      opensInMs: opensAt.map((moment) => Math.max(moment - now, 0)),
      permits: ids.map((id) => this.comparable.of({ ...byId.get(id), bot })),
      // Each harness has names of its own for its replicas.
      waiters: waiters.map(({ replica: waitsAt, ...waiter }) =>
        this.comparable.of({ ...waiter, waitsAt, bot }),
      ),
    };
  }
}
