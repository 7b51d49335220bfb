import type { AuditEntry, AuditFilter } from '@gateway-queue/operator-records';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Suite, withHarness } from './harness.ts';
import { BOT, OTHER_BOT, record } from './samples.ts';

const RUNS = 60;

const actions = fc.constantFrom('pause' as const, 'resume' as const, 'login' as const);
const names = fc.constantFrom('ana', 'ben');
const bots = fc.constantFrom(BOT, OTHER_BOT);
const buckets = fc.constantFrom(0, 1, 10);

const happened = fc
  .record({
    action: actions,
    by: fc.option(names),
    bot: fc.option(bots),
    bucket: fc.option(buckets),
  })
  .map(record);

const filters: fc.Arbitrary<AuditFilter> = fc.record(
  { action: actions, by: names, bot: bots, bucket: buckets },
  { requiredKeys: [] },
);

export function auditPaging(suite: Suite): void {
  describe('pages of the audit log', () => {
    test(
      'all pages together are the whole log, filtered, newest first',
      { timeout: 30_000 },
      async () => {
        const property = fc.asyncProperty(
          fc.array(happened, { maxLength: 20 }),
          fc.array(filters, { minLength: 1, maxLength: 5 }),
          fc.integer({ min: 1, max: 7 }),
          (history, asked, limit) =>
            withHarness(suite, async ({ records: { audit } }) => {
              const log: AuditEntry[] = [];
              for (const one of history) log.unshift(await audit.append(one));
              for (const filter of asked) {
                const passing = log.filter((entry) => passes(entry, filter));
                const first = await audit.page(filter, limit);
                expect(first).toEqual(passing.slice(0, limit));
                const rest = await pagesFrom(first.at(-1));
                expect([...first, ...rest]).toEqual(passing);

                async function pagesFrom(last: AuditEntry | undefined): Promise<AuditEntry[]> {
                  if (last === undefined) return [];
                  const page = await audit.page(filter, limit, last.id);
                  expect(page.length).toBeLessThanOrEqual(limit);
                  return [...page, ...(await pagesFrom(page.at(-1)))];
                }
              }
            }),
        );
        await fc.assert(property, { numRuns: RUNS });
      },
    );

    test('an entry that is added while a reader turns pages moves none of them', () =>
      withHarness(suite, async ({ records: { audit } }) => {
        const [oldest, newer] = [await audit.append(record()), await audit.append(record())];
        expect(await audit.page({}, 1)).toEqual([newer]);
        await audit.append(record());
        expect(await audit.page({}, 1, newer.id)).toEqual([oldest]);
        expect(await audit.page({}, 1, oldest.id)).toEqual([]);
      }));
  });
}

function passes(entry: AuditEntry, { action, by, bot, bucket }: AuditFilter): boolean {
  return (
    (action === undefined || entry.action === action) &&
    (by === undefined || entry.by === by) &&
    (bot === undefined || entry.bot === bot) &&
    (bucket === undefined || entry.bucket === bucket)
  );
}
