import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Model } from './model.ts';
import { INTERVAL_MS } from './numbers.ts';
import { type Request } from './request.ts';
import { World } from './world.ts';

const someBucket = fc.option(fc.nat(1));

const someMove = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('join' as const),
      shard: fc.option(fc.nat(5)),
      high: fc.boolean(),
      replica: fc.constantFrom('a', 'b'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('leave' as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pause' as const), bucket: someBucket }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('resume' as const), bucket: someBucket }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('limits' as const),
      maxConcurrency: fc.constantFrom(1, 2, 3, 4),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('crash' as const), downMs: fc.nat(9000) }),
  },
);

type Move = typeof someMove extends fc.Arbitrary<infer T> ? T : never;

/** Makes the same moves on the replicas and on the model. */
class Play {
  /** Without a margin, since the model knows of none that grows. */
  readonly world = new World('file', { intervalMs: INTERVAL_MS, marginMs: 0 });
  readonly model = new Model(0, this.world.harness.placeTtlMs);

  async advanceTo(moment: number): Promise<void> {
    await this.world.advanceTo(moment);
    this.model.runTo(moment);
  }

  async make(move: Move): Promise<void> {
    const { model, world } = this;
    if (move.kind === 'join') {
      this.#join(move);
    } else if (move.kind === 'leave') {
      const held = model.waiters[move.pick % Math.max(model.waiters.length, 1)];
      if (held !== undefined) {
        world.requests[held.id]?.hangUp();
        model.leave(held.id);
      }
    } else if (move.kind === 'release') {
      this.#release(world.served.at(-1));
    } else if (move.kind === 'pause') {
      await world.pause(null, move.bucket);
      model.paused.add(move.bucket);
    } else if (move.kind === 'resume') {
      await world.resume(move.bucket);
      model.paused.delete(move.bucket);
    } else if (move.kind === 'crash') {
      model.crash();
      await world.crash(move.downMs);
    } else if (model.paused.size === 0) {
      // During a pause lines of several replicas may wait at an open bucket. After it, the replica that hears first
      // would win.
      await world.setLimits(move.maxConcurrency);
      model.setMaxConcurrency(move.maxConcurrency);
    }
    await world.settle();
    model.runTo(world.now);
  }

  #join({ shard, high, replica }: Extract<Move, { kind: 'join' }>): void {
    const { model, world } = this;
    // The limiter under test keeps few places, and would drop the ranks beyond them.
    if (model.waiters.length + model.places.length >= world.harness.maxPlaces) return;
    // The model does not cover requests of one shard at two replicas.
    const twin = model.waiters.find((waiter) => waiter.shard === shard && shard !== null);
    const at = twin?.replica ?? replica;
    const id = world.requests.length;
    world.ask(shard, { replica: at, priority: high ? 'high' : 'normal' });
    model.join(id, shard, high, at);
  }

  #release(request: Request | undefined): void {
    const { model, world } = this;
    if (request?.permit === undefined) return;
    const id = world.requests.indexOf(request);
    if (!model.isLast(id)) return;
    // The bucket opens at once, and the head of another replica could go before the shard's other request moves up.
    const twin = model.waiters.find(({ shard }) => shard !== null && shard === request.shard);
    if (twin && model.waiters.some(({ replica }) => replica !== twin.replica)) return;
    world.queue(request.replica).release(request.permit);
    model.release(id);
  }
}

test('P4 P6 P7 P9 each permit goes to the request and comes at the moment that the model says, however requests come and go', async () => {
  const someMoves = fc.array(fc.record({ gapMs: fc.nat(3000), move: someMove }), {
    maxLength: 60,
    size: 'max',
  });
  await fc.assert(
    fc.asyncProperty(someMoves, async (moves) => {
      const play = new Play();
      const { model, world } = play;
      await world.setLimits(1);
      for (const [index, { gapMs, move }] of moves.entries()) {
        // No move is made at the very moment when a bucket opens, since either order would be right. Each move has
        // its own fraction of a millisecond, and so have the permits that follow from it.
        await play.advanceTo(Math.floor(world.now) + gapMs + 1 + (index + 1) / 1024);
        await play.make(move);
      }
      await play.advanceTo(world.now + INTERVAL_MS * 10);
      const served = world.served.map((request) => ({
        id: world.requests.indexOf(request),
        at: Number(request.servedAt),
      }));
      // Permits of several buckets at the same moment have no order.
      served.sort((a, b) => a.at - b.at || a.id - b.id);
      expect(served).toEqual(model.grants.toSorted((a, b) => a.at - b.at || a.id - b.id));
      await world.dispose();
    }),
    { numRuns: 60 },
  );
}, 120_000);
