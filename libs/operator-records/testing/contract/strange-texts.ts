import type { AuditRecord } from '@gateway-queue/operator-records';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { momentNow, type RecordsHarness, type Suite, withHarness } from './harness.ts';
import { ANA, anyText, hash, record } from './samples.ts';

const RUNS = 60;
const TTL_MS = 5000;
const LONG = '"\n|é中👩‍🚀\uD83D'.repeat(10_000);

const details = fc.dictionary(
  anyText,
  fc.oneof(
    anyText,
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  ),
  { maxKeys: 4 },
);

const records: fc.Arbitrary<AuditRecord> = fc
  .record({
    by: anyText,
    from: anyText,
    bot: anyText,
    target: anyText,
    reason: anyText,
    details,
  })
  .map(record);

export function strangeTexts(suite: Suite): void {
  describe('any text', () => {
    test('comes back unchanged from the audit log, and can be asked for', { timeout: 30_000 }, () =>
      holds(
        suite,
        fc.array(records, { minLength: 1, maxLength: 4 }),
        async ({ records: { audit } }, history) => {
          const log: string[] = [];
          for (const one of history) {
            const { id, at } = await audit.append(one);
            log.unshift(exactly({ ...one, id, at }));
          }
          expect((await audit.page({}, 10)).map(exactly)).toEqual(log);
          for (const { by, bot } of history) {
            const found = await audit.page({ by: by ?? '', bot: bot ?? '' }, 10);
            expect(found.length).toBeGreaterThan(0);
            expect(found.every((entry) => entry.by === by && entry.bot === bot)).toBe(true);
          }
        },
      ),
    );

    test(
      'is the name of a replica, a bot or an operator, and no two are confused',
      { timeout: 30_000 },
      () =>
        holds(
          suite,
          fc.uniqueArray(anyText, { minLength: 1, maxLength: 5 }),
          async (harness, names) => {
            const { overrides, reports, sessions } = harness.records;
            const reportedAt = await momentNow(harness.records);
            for (const [n, name] of names.entries()) {
              await reports.report(name, { name, n }, TTL_MS);
              await overrides.set(name, { maxConcurrency: n + 1, by: name, reason: name });
              await sessions.begin(hash(n), { ...ANA, name }, TTL_MS);
            }
            const inOrder = names.toSorted();
            expect((await reports.all()).map(({ replica }) => replica)).toEqual(inOrder);
            for (const [n, name] of names.entries()) {
              const report = { name, n };
              expect(await reports.all()).toContainEqual({ replica: name, report, reportedAt });
              const expected = { maxConcurrency: n + 1, by: name, reason: name };
              expect(await overrides.of(name)).toMatchObject(expected);
              expect(await sessions.find(hash(n))).toMatchObject({ name });
            }
          },
        ),
    );

    test('may be long', () =>
      withHarness(suite, async ({ records: { audit, overrides, reports, sessions } }) => {
        const long = record({ by: LONG, bot: LONG, reason: LONG, details: { [LONG]: LONG } });
        const { id, at } = await audit.append(long);
        const [entry] = await audit.page({ by: LONG, bot: LONG }, 1);
        // Not toEqual: a failure would print all of it.
        expect(exactly(entry) === exactly({ ...long, id, at })).toBe(true);
        await overrides.set(LONG, { maxConcurrency: 1, by: LONG, reason: LONG });
        expect((await overrides.of(LONG))?.reason === LONG).toBe(true);
        await reports.report(LONG, [LONG], TTL_MS);
        const [found] = await reports.all();
        const reported = { replica: LONG, report: [LONG], reportedAt: at };
        expect(exactly(found) === exactly(reported)).toBe(true);
        await sessions.begin(hash(1), { ...ANA, name: LONG }, TTL_MS);
        expect((await sessions.find(hash(1)))?.name === LONG).toBe(true);
      }));
  });
}

/** As text, which differs where `toEqual` sees no difference, as in a member that is called `__proto__`. */
function exactly(value: unknown): string {
  return JSON.stringify(value);
}

async function holds<T>(
  suite: Suite,
  inputs: fc.Arbitrary<T>,
  check: (harness: RecordsHarness, input: T) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(inputs, (input) =>
    withHarness(suite, (harness) => check(harness, input)),
  );
  await fc.assert(property, { numRuns: RUNS });
}
