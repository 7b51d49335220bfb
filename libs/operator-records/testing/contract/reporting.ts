import { describe, expect, test } from 'vitest';
import { momentNow, type Suite, withHarness } from './harness.ts';

const TTL_MS = 5000;

export function reporting(suite: Suite): void {
  describe('reports of replicas', () => {
    test('the last report of each replica is listed, by name, with its moment', () =>
      withHarness(suite, async ({ records, advance }) => {
        const { reports } = records;
        expect(await reports.all()).toEqual([]);
        await reports.report('b', { held: 1 }, TTL_MS);
        await advance(1000);
        await reports.report('c', { held: 2 }, TTL_MS);
        await reports.report('a', { held: 3 }, TTL_MS);
        await advance(500);
        await reports.report('c', { held: 4 }, TTL_MS);
        const now = await momentNow(records);
        expect(await reports.all()).toEqual([
          { replica: 'a', report: { held: 3 }, reportedAt: now - 500 },
          { replica: 'b', report: { held: 1 }, reportedAt: now - 1500 },
          { replica: 'c', report: { held: 4 }, reportedAt: now },
        ]);
      }));

    test('P10 a report expires after its time, which counts from the last one', () =>
      withHarness(suite, async ({ records: { reports }, advance }) => {
        await reports.report('a', 1, TTL_MS);
        await reports.report('b', 1, TTL_MS * 3);
        await advance(TTL_MS - 1);
        await reports.report('c', 1, TTL_MS);
        expect((await reports.all()).map(({ replica }) => replica)).toEqual(['a', 'b', 'c']);
        await advance(1);
        expect((await reports.all()).map(({ replica }) => replica)).toEqual(['b', 'c']);
        await reports.report('b', 2, TTL_MS);
        await advance(TTL_MS);
        expect(await reports.all()).toEqual([]);
      }));

    test('a report that is withdrawn is gone at once, and the replica can report again', () =>
      withHarness(suite, async ({ records, advance }) => {
        const { reports } = records;
        const began = await momentNow(records);
        await reports.report('a', 1, TTL_MS);
        await reports.report('b', 1, TTL_MS);
        await reports.withdraw('a');
        await reports.withdraw('a');
        await reports.withdraw('unheard of');
        expect(await reports.all()).toEqual([{ replica: 'b', report: 1, reportedAt: began }]);
        await advance(1);
        await reports.report('a', 2, TTL_MS);
        expect(await reports.all()).toEqual([
          { replica: 'a', report: 2, reportedAt: began + 1 },
          { replica: 'b', report: 1, reportedAt: began },
        ]);
      }));

    test.each([
      { empty: {}, none: [], nested: [[[]], [{}], null] },
      'text',
      0.1,
      12_345_678_901_234,
      null,
      [],
      false,
    ])('%j comes back as it was', (report) =>
      withHarness(suite, async ({ records }) => {
        const { reports } = records;
        await reports.report('a', report, TTL_MS);
        const reportedAt = await momentNow(records);
        expect(await reports.all()).toEqual([{ replica: 'a', report, reportedAt }]);
      }),
    );

    test('a change of the object that was reported changes nothing in the store', () =>
      withHarness(suite, async ({ records: { reports } }) => {
        const report = { held: 1 };
        await reports.report('a', report, TTL_MS);
        report.held = 2;
        expect(await reports.all()).toMatchObject([{ report: { held: 1 } }]);
      }));

    test('what is not JSON is refused, and the report before it stays', () =>
      withHarness(suite, async ({ records: { reports } }) => {
        await reports.report('a', 1, TTL_MS);
        await expect(reports.report('a', undefined, TTL_MS)).rejects.toThrow(
          'undefined cannot be written as JSON',
        );
        expect(await reports.all()).toMatchObject([{ report: 1 }]);
      }));
  });
}
