import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../testing/faulty-limiter.ts';
import { INTERVAL_MS, NOTICE_MS, slots } from './numbers.ts';
import { World } from './world.ts';

const someFault: fc.Arbitrary<Fault | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.record<Fault>(
      {
        delayMs: fc.nat(300),
        fail: fc.constantFrom('before', 'after'),
        replyDelayMs: fc.nat(300),
      },
      { requiredKeys: [] },
    ),
  },
);

const someMoves = fc.array(
  fc.record({
    gapMs: fc.nat(1500),
    replica: fc.constantFrom('a', 'b'),
    leave: fc.option(fc.nat(), { freq: 3 }),
    shard: fc.option(fc.nat(4)),
  }),
  { maxLength: 40, size: 'max' },
);

const someFaults = fc.array(someFault, { minLength: 20, maxLength: 60, size: 'max' });

test('P1 P3 P8 each request ends once, and each permit is spent once, whatever is lost or late', async () => {
  await fc.assert(
    fc.asyncProperty(someMoves, someFaults, async (moves, faults) => {
      const world = await new World().open(2);
      let calls = 0;
      for (const replica of ['a', 'b']) {
        world.limiter(replica).faultFor = () => faults[calls++ % faults.length];
      }
      for (const { gapMs, leave, replica, shard } of moves) {
        await world.advance(gapMs);
        const held = world.requests.filter((request) => request.held);
        if (leave === null) world.ask(shard, { replica });
        else held[leave % Math.max(held.length, 1)]?.hangUp();
      }
      await world.advance(5000);
      for (const replica of ['a', 'b']) world.limiter(replica).faultFor = () => undefined;
      // Calls under way may take so long. After that the requests wait for their buckets alone.
      await world.advance(NOTICE_MS * 2 + INTERVAL_MS * (moves.length + 1));

      expect(world.requests.map((request) => request.settled)).toEqual(moves.flatMap(onceIfAsked));
      expect(await world.remaining()).toBe(1000 - world.served.length);
      const used = world.served.map((request) => world.usedBy(request));
      expect(new Set(used.map((permit) => permit?.rank.ticket)).size).toBe(used.length);
      for (const bucket of [0, 1]) {
        const ofBucket = used.filter((_, index) => world.served[index]?.permit?.bucket === bucket);
        const moments = ofBucket.map((permit) => permit?.at ?? NaN).toSorted((x, y) => x - y);
        const gaps = moments.slice(1).map((at, index) => at - (moments[index] ?? NaN));
        expect(gaps.every((gap) => gap >= INTERVAL_MS)).toBe(true);
      }
      expect(world.queue('a').size + world.queue('b').size).toBe(0);
      await world.dispose();
    }),
    { numRuns: 100 },
  );
}, 30_000);

function onceIfAsked({ leave }: { leave: number | null }): number[] {
  return leave === null ? [1] : [];
}

/** A permit comes late, and its waiter is enrolled again behind the next one: once this let others pass it. */
const ENROLLED_BEHIND_ITS_PERMIT: (Fault | undefined)[] = [
  undefined,
  undefined,
  { delayMs: 0, replyDelayMs: 251 },
  {},
  { delayMs: 0 },
  { replyDelayMs: 0 },
  undefined,
  undefined,
  { fail: 'before' },
  { fail: 'before' },
  undefined,
  { replyDelayMs: 0 },
  { fail: 'before' },
  { fail: 'before' },
  { replyDelayMs: 0 },
  { fail: 'after' },
  undefined,
  { fail: 'before' },
  { replyDelayMs: 101 },
  {},
  undefined,
];

test('P9 after faults the line is served in its order, and no slot is lost', async () => {
  await fc.assert(
    fc.asyncProperty(someFaults, async (faults) => {
      const world = await new World().open();
      let calls = 0;
      world.limiter().faultFor = () => faults[calls++ % faults.length];
      await world.askInTurn([0, 1, 2, 3, 4, 5]);
      await world.advance(INTERVAL_MS * 3);
      world.limiter().faultFor = () => undefined;
      await world.advance(NOTICE_MS * 2);
      const before = world.served.length;
      await world.advance(INTERVAL_MS * 6);
      const moments = world.served.slice(before).map((request) => Number(request.servedAt));
      expect(moments).toEqual(slots(moments.length, moments[0]));
      expect(world.served).toEqual(world.requests);
      await world.dispose();
    }),
    { numRuns: 40, examples: [[ENROLLED_BEHIND_ITS_PERMIT]] },
  );
});
