import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GivenPermit } from '../src/index.ts';
import { range } from './numbers.ts';
import { BOT, World } from './world.ts';

const CONFIRM_TIMEOUT_MS = 10_000;
const IDENTIFY_EVERY_MS = 5000;
const BUCKETS = 2;

/** What a client does with its permit. Delays in ms. */
const someClient = fc.record({
  /** Between the permit and the IDENTIFY at Discord. */
  identifyAfterMs: fc.oneof(fc.nat(400), fc.nat(CONFIRM_TIMEOUT_MS)),
  /** Between the IDENTIFY and each confirm: lost, in time, late, twice. */
  confirmsAfterMs: fc.array(fc.oneof(fc.nat(400), fc.nat(8000), fc.nat(30_000)), { maxLength: 3 }),
  /** After so long it releases its permit instead; null when it uses it. */
  releasesAfterMs: fc.option(fc.nat(20_000), { freq: 5 }),
  asksAfterMs: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(9000)),
  replica: fc.constantFrom('a', 'b'),
});

type Client = Readonly<typeof someClient extends fc.Arbitrary<infer T> ? T : never>;

/** The clients of a world, and the moments of their IDENTIFYs. */
class Fleet {
  readonly world = new World('memory', { confirmTimeoutMs: CONFIRM_TIMEOUT_MS });
  readonly identifies: number[][] = range(BUCKETS).map(() => []);
  ended = 0;

  async run(clients: readonly Client[]): Promise<void> {
    await this.world.open(BUCKETS);
    for (const [shard, client] of clients.entries()) {
      await this.world.advance(client.asksAfterMs);
      void this.#connect(shard, client);
      await this.world.settle();
    }
    // The longest that each client can keep the next one waiting: a late confirm, and an interval.
    await this.world.advance(clients.length * 21_000 + 60_000);
  }

  async #connect(shard: number, client: Client): Promise<void> {
    const queue = this.world.queue(client.replica);
    const request = { bot: BOT, shard, priority: 'normal' as const, confirm: true };
    const permit = await queue.wait(request, new AbortController().signal);
    this.ended += 1;
    if (client.releasesAfterMs !== null) {
      this.#after(client.releasesAfterMs, () => queue.release(permit));
      return;
    }
    this.#after(client.identifyAfterMs, () => this.#identify(permit, client));
  }

  #identify({ bucket, id }: GivenPermit, { confirmsAfterMs, replica }: Client): void {
    this.identifies[bucket]?.push(this.world.now);
    for (const ms of confirmsAfterMs) {
      this.#after(ms, () => void this.world.limiter(replica).confirm(BOT, id));
    }
  }

  #after(ms: number, run: () => void): void {
    this.world.harness.clock.setTimer(ms, run);
  }
}

test('P2 two IDENTIFYs of a bucket are never closer than the interval, whatever the jitter, and whenever confirms come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someClient, { maxLength: 30, size: 'max' }), async (clients) => {
      const fleet = new Fleet();
      await fleet.run(clients);
      expect(fleet.ended).toBe(clients.length);
      for (const moments of fleet.identifies) {
        const gaps = moments.slice(1).map((at, index) => at - (moments[index] ?? Number.NaN));
        expect(gaps.filter((gap) => !(gap >= IDENTIFY_EVERY_MS))).toEqual([]);
      }
      const used = clients.filter((client) => client.releasesAfterMs === null).length;
      expect(await fleet.world.remaining()).toBe(1000 - used);
      await fleet.world.dispose();
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('P2 P9 when confirms come in time, a bucket gives its next permit one plain interval after each IDENTIFY', async () => {
  const inTime = fc.record({
    identifyAfterMs: fc.nat(400),
    confirmsAfterMs: fc.constant<number[]>([0]),
    releasesAfterMs: fc.constant(null),
    asksAfterMs: fc.constant(0),
    replica: fc.constantFrom('a', 'b'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(inTime, { minLength: 10, maxLength: 10 }), async (clients) => {
      const fleet = new Fleet();
      await fleet.run(clients);
      for (const [bucket, moments] of fleet.identifies.entries()) {
        const delays = clients.filter((_, shard) => shard % BUCKETS === bucket);
        const gaps = moments.slice(1).map((at, index) => at - (moments[index] ?? Number.NaN));
        expect(gaps).toEqual(
          delays.slice(1).map(({ identifyAfterMs }) => IDENTIFY_EVERY_MS + identifyAfterMs),
        );
      }
      await fleet.world.dispose();
    }),
    { numRuns: 20 },
  );
});
