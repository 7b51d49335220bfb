import type { Change, PauseScope } from '@gateway-queue/identify-limiter';
import { describe, expect, test, vi } from 'vitest';
import { type Limiter, type LimiterHarness, type Suite, testNeeding } from './harness.ts';
import {
  attempt,
  BOT,
  denial,
  discordReport,
  enterOne,
  grant,
  grantPending,
  granted,
  report,
  start,
  startOpen,
  tryNew,
} from './moves.ts';

const EVERYBODY = ['a', 'b'];
const pauseOfBot = { bot: BOT, bucket: null, reason: 'why', by: 'ana', durationMs: null };
const pauseOfBucket = { ...pauseOfBot, bucket: 1 };

export function changesAnnounced(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('changes announced', () => {
    test('P9 the first limits of a bot', async () => {
      const harness = await start(suite);
      expect(await tryNew(harness.replica('b'), 0)).toEqual(denial('limits-unknown', null));
      expect(await whoHears(harness, 0, (a) => a.setLimits(BOT, report(1)))).toEqual(EVERYBODY);
    });

    test('P9 a head that gives way while the limits are unknown', async () => {
      const harness = await start(suite);
      const [first, second, third] = [
        await enterOne(harness.replica('a'), 0),
        await enterOne(harness.replica('b'), 1),
        await enterOne(harness.replica('a'), 2),
      ];
      await attempt(harness.replica('a'), first);
      await attempt(harness.replica('b'), second);
      expect(await whoHears(harness, 0, (a) => attempt(a, third))).toEqual(EVERYBODY);
    });

    test('P9 another max_concurrency', async () => {
      const harness = await startOpen(suite);
      expect(await whoHears(harness, 0, (a) => a.setLimits(BOT, report(2)))).toEqual(EVERYBODY);
    });

    test('P9 a refresh that finds session starts left', async () => {
      const harness = await startOpen(suite, 2);
      await harness.replica().setLimits(BOT, discordReport(2, 0));
      expect(await whoHears(harness, 1, (a) => a.setLimits(BOT, discordReport(2, 1)))).toEqual(
        EVERYBODY,
      );
    });

    test('P9 a pause of the bot lifted', async () => {
      const harness = await startOpen(suite, 2);
      await harness.replica().pause(pauseOfBot);
      expect(await whoHears(harness, 1, (a) => a.resume(pauseOfBot))).toEqual(EVERYBODY);
    });

    test('P9 a pause of the bucket lifted', async () => {
      const harness = await startOpen(suite, 2);
      await harness.replica().pause(pauseOfBucket);
      expect(await whoHears(harness, 1, (a) => a.resume(pauseOfBucket))).toEqual(EVERYBODY);
    });

    test('P9 a pause replaced by one that ends by itself', async () => {
      const harness = await startOpen(suite, 2);
      await harness.replica().pause(pauseOfBucket);
      expect(
        await whoHears(harness, 1, (a) => a.pause({ ...pauseOfBucket, durationMs: 1000 })),
      ).toEqual(EVERYBODY);
    });

    test('P9 a permit released, to its bucket', async () => {
      const harness = await startOpen(suite, 2);
      const permit = await grant(harness.replica('a'), 1);
      expect(await whoHears(harness, 1, (a) => a.release(BOT, permit.id))).toEqual(EVERYBODY);
    });

    test('P9 a permit confirmed, to its bucket', async () => {
      const harness = await startOpen(suite, 2);
      const permit = await grantPending(harness.replica('a'), 1);
      expect(await whoHears(harness, 1, (a) => a.confirm(BOT, permit.id))).toEqual(EVERYBODY);
    });

    test('P9 a pending permit released, to its bucket', async () => {
      const harness = await startOpen(suite, 2);
      const permit = await grantPending(harness.replica('a'), 1);
      expect(await whoHears(harness, 1, (a) => a.release(BOT, permit.id))).toEqual(EVERYBODY);
    });

    test('P9 a head throttled that another waits behind', async () => {
      const crashLoop = { burst: 1, windowMs: 900_000, below: 1 };
      const harness = await startOpen(suite, 1, {}, { crashLoop });
      await grant(harness.replica('a'), 0);
      await harness.advance(harness.intervalMs);
      await waitBehind(harness, [2, 3]);
      const throttled = await enterOne(harness.replica('a'), 0, { priority: 'high' });
      expect(await whoHears(harness, 0, (a) => attempt(a, throttled))).toEqual(EVERYBODY);
    });

    test('P9 the last session start released, to every bucket', async () => {
      const harness = await startOpen(suite, 2, { total: 1 });
      const permit = await grant(harness.replica('a'), 1);
      expect(await tryNew(harness.replica('b'), 0)).toMatchObject({ reason: 'budget' });
      expect(await whoHears(harness, 0, (a) => a.release(BOT, permit.id))).toEqual(EVERYBODY);
    });

    test('P9 a head withdrawn that another waits behind', async () => {
      const harness = await startOpen(suite);
      await waitBehind(harness);
      expect(await whoHears(harness, 0, (a) => a.withdrawHead(BOT, 0))).toEqual(EVERYBODY);
    });

    test('P9 a head granted that another waits behind', async () => {
      const harness = await startOpen(suite);
      const first = await waitBehind(harness);
      expect(await whoHears(harness, 0, (a) => granted(a, first))).toEqual(EVERYBODY);
    });

    test('P9 a head that gave way to a later one of its replica', async () => {
      const harness = await startOpen(suite);
      await waitBehind(harness);
      const later = await enterOne(harness.replica('a'), 2);
      expect(await whoHears(harness, 0, (a) => attempt(a, later))).toEqual(EVERYBODY);
    });

    restartTest('P9 changes are announced after a restart too', async () => {
      const harness = await startOpen(suite);
      await harness.replica().pause(pauseOfBot);
      await harness.restart();
      expect(await whoHears(harness, 0, (a) => a.resume(pauseOfBot))).toEqual(EVERYBODY);
    });

    test('a listener that was stopped hears nothing more, the others do', async () => {
      const harness = await startOpen(suite);
      const heard: Change[] = [];
      const stop = harness.replica('b').onChange((change) => heard.push(change));
      stop();
      stop();
      await harness.replica().pause(pauseOfBot);
      expect(await whoHears(harness, 0, (a) => a.resume(pauseOfBot))).toEqual(EVERYBODY);
      expect(heard).toEqual([]);
    });
  });
}

/** Which replicas hear of a change in the bucket when replica `a` does this. */
async function whoHears(
  harness: LimiterHarness,
  bucket: number,
  act: (a: Limiter) => Promise<unknown>,
): Promise<string[]> {
  const heard = new Set<string>();
  for (const name of EVERYBODY) {
    harness.replica(name).onChange((change) => {
      if (covers(change, { bot: BOT, bucket })) heard.add(name);
    });
  }
  await act(harness.replica('a'));
  await harness.advance(0);
  await vi.waitUntil(() => heard.size === EVERYBODY.length).catch(() => undefined);
  return [...heard].toSorted();
}

function covers(change: Change, scope: PauseScope): boolean {
  return (
    'bucket' in change &&
    change.bot === scope.bot &&
    (change.bucket ?? scope.bucket) === scope.bucket
  );
}

/** Replica `b` was denied for the line, behind the waiter of `a` that is resolved. */
async function waitBehind(harness: LimiterHarness, shards: readonly [number, number] = [0, 1]) {
  const [a, b] = [harness.replica('a'), harness.replica('b')];
  const [first, second] = [await enterOne(a, shards[0]), await enterOne(b, shards[1])];
  await a.pause(pauseOfBot);
  await attempt(a, first);
  await a.resume(pauseOfBot);
  expect(await attempt(b, second)).toEqual(denial('line', null));
  return first;
}
