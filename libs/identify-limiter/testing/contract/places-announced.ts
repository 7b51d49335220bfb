import type { PlaceLeft } from '@gateway-queue/identify-limiter';
import { describe, expect, test, vi } from 'vitest';
import type { Limiter, LimiterHarness, Suite } from './harness.ts';
import { BOT, enterOne, grant, start, startOpen } from './moves.ts';

const EVERYBODY = ['a', 'b'];

export function placesAnnounced(suite: Suite): void {
  describe('places announced', () => {
    test('P6 the place of a request that left while another request of its shard waits', async () => {
      const harness = await start(suite);
      const first = await enterOne(harness.replica('a'), 5);
      await enterOne(harness.replica('b'), 5);
      expect(await whoHears(harness, 5, (a) => a.leave([first]))).toEqual(EVERYBODY);
    });

    test('P6 the place of a released permit while another request of its shard waits', async () => {
      const harness = await startOpen(suite);
      const permit = await grant(harness.replica('a'), 5);
      await enterOne(harness.replica('b'), 5);
      expect(await whoHears(harness, 5, (a) => a.release(BOT, permit.id))).toEqual(EVERYBODY);
    });

    test('a place for which no request waits is not announced', async () => {
      const harness = await startOpen(suite);
      const permit = await grant(harness.replica('a'), 5);
      const [other, unnamed] = [
        await enterOne(harness.replica('a'), 6),
        await enterOne(harness.replica('a'), null),
      ];
      await enterOne(harness.replica('b'), null);
      const heard = listen(harness);
      await harness.replica('a').leave([other, unnamed]);
      await harness.replica('a').release(BOT, permit.id);
      // What is announced later is heard later, so nothing came before this.
      const last = await enterOne(harness.replica('a'), 7);
      await enterOne(harness.replica('b'), 7);
      await harness.replica('a').leave([last]);
      await vi.waitUntil(() => heard.length >= EVERYBODY.length);
      expect(new Set(heard.map(({ placeOf }) => placeOf))).toEqual(new Set([7]));
    });
  });
}

/** Which replicas hear of the shard's place when replica `a` does this. */
async function whoHears(
  harness: LimiterHarness,
  shard: number,
  act: (a: Limiter) => Promise<unknown>,
): Promise<string[]> {
  const heard = listen(harness);
  await act(harness.replica('a'));
  await harness.advance(0);
  const names = (): string[] =>
    heard.filter(({ placeOf }) => placeOf === shard).map(({ replica }) => replica);
  await vi.waitUntil(() => new Set(names()).size === EVERYBODY.length).catch(() => undefined);
  return [...new Set(names())].toSorted();
}

function listen(harness: LimiterHarness): (PlaceLeft & { readonly replica: string })[] {
  const heard: (PlaceLeft & { readonly replica: string })[] = [];
  for (const replica of EVERYBODY) {
    harness.replica(replica).onChange((change) => {
      if ('placeOf' in change && change.bot === BOT) heard.push({ ...change, replica });
    });
  }
  return heard;
}
