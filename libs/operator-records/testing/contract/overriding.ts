import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding, withHarness } from './harness.ts';
import { BOT, LIMITS, OTHER_BOT, record } from './samples.ts';

export function overriding(suite: Suite): void {
  describe('overrides of limits', () => {
    test('an override holds until it is lifted, for its bot alone', () =>
      withHarness(suite, async ({ records: { audit, overrides } }) => {
        expect(await overrides.of(BOT)).toBeUndefined();
        expect(await overrides.lift(BOT)).toBe('none');
        const { at } = await audit.append(record());
        const override = await overrides.set(BOT, LIMITS);
        expect(override).toEqual({ ...LIMITS, since: at, version: override?.version });
        expect(override?.version).toBeGreaterThan(0);
        expect(await overrides.of(BOT)).toEqual(override);
        expect(await overrides.of(OTHER_BOT)).toBeUndefined();
        expect(await overrides.lift(OTHER_BOT)).toBe('none');
        expect(await overrides.lift(BOT)).toBe('lifted');
        expect(await overrides.of(BOT)).toBeUndefined();
        expect(await overrides.lift(BOT)).toBe('none');
      }));

    test('of two operators who have read the same version, the second changes nothing', () =>
      withHarness(suite, async ({ records: { overrides } }) => {
        const first = await overrides.set(BOT, LIMITS, 0);
        expect(await overrides.set(BOT, { ...LIMITS, by: 'ben' }, 0)).toBeUndefined();
        expect(await overrides.of(BOT)).toEqual(first);
        const second = await overrides.set(BOT, { ...LIMITS, by: 'ben' }, first?.version);
        expect(second).toMatchObject({ by: 'ben' });
        expect(await overrides.set(BOT, LIMITS, first?.version)).toBeUndefined();
        expect(await overrides.of(BOT)).toEqual(second);
      }));

    test('of several operators who ask at the same time exactly one changes something', () =>
      withHarness(suite, async ({ records: { overrides } }) => {
        const makers = Array.from({ length: 20 }, (_, n) => `maker-${n}`);
        const done = await Promise.all(
          makers.map((by) => overrides.set(BOT, { ...LIMITS, by }, 0)),
        );
        const faster = done.filter((one) => one !== undefined);
        expect(faster).toEqual([await overrides.of(BOT)]);
      }));

    test('an operator who read a version that was lifted since changes nothing, and can set a new one', () =>
      withHarness(suite, async ({ records: { overrides } }) => {
        const seen = await overrides.set(BOT, LIMITS);
        await overrides.lift(BOT);
        expect(await overrides.set(BOT, LIMITS, seen?.version)).toBeUndefined();
        const anew = await overrides.set(BOT, LIMITS, 0);
        expect(anew?.version).toBeGreaterThan(seen?.version ?? Infinity);
        expect(await overrides.set(BOT, LIMITS, seen?.version)).toBeUndefined();
      }));

    test('a lift of another version than the one that holds changes nothing', () =>
      withHarness(suite, async ({ records: { overrides } }) => {
        expect(await overrides.lift(BOT, 0)).toBe('none');
        expect(await overrides.lift(BOT, 17)).toBe('outdated');
        const seen = await overrides.set(BOT, LIMITS);
        const newer = await overrides.set(BOT, { ...LIMITS, by: 'ben' });
        expect(await overrides.lift(BOT, seen?.version)).toBe('outdated');
        expect(await overrides.lift(BOT, 0)).toBe('outdated');
        expect(await overrides.of(BOT)).toEqual(newer);
        expect(await overrides.lift(BOT, newer?.version)).toBe('lifted');
        expect(await overrides.of(BOT)).toBeUndefined();
        expect(await overrides.lift(BOT, newer?.version)).toBe('outdated');
        expect(await overrides.lift(BOT, 0)).toBe('none');
      }));

    test('of a set and a lift of the same version at the same time exactly one takes effect', () =>
      withHarness(suite, async ({ records: { overrides } }) => {
        const seen = await overrides.set(BOT, LIMITS);
        const [put, lift, again] = await Promise.all([
          overrides.set(BOT, { ...LIMITS, by: 'ben' }, seen?.version),
          overrides.lift(BOT, seen?.version),
          overrides.lift(BOT, seen?.version),
        ]);
        const done = [put !== undefined, lift === 'lifted', again === 'lifted'];
        expect(done.filter(Boolean)).toHaveLength(1);
        expect(await overrides.of(BOT)).toEqual(put);
      }));

    testNeeding(suite, 'restart')('they outlive a restart, and so do versions a lift', () =>
      withHarness(suite, async (harness) => {
        const lifted = await harness.records.overrides.set(BOT, LIMITS);
        await harness.records.overrides.lift(BOT);
        const kept = await harness.records.overrides.set(OTHER_BOT, LIMITS);
        await harness.restart();
        const { overrides } = harness.records;
        expect(await overrides.of(BOT)).toBeUndefined();
        expect(await overrides.of(OTHER_BOT)).toEqual(kept);
        const again = await overrides.set(BOT, LIMITS);
        expect(again?.version).toBeGreaterThan(lifted?.version ?? Infinity);
      }),
    );
  });
}
