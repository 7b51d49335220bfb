import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { FORMAT } from '../src/schema.ts';

/**
 * A hash of the tables of each version. A change of the tables takes a new version, with a line of its own: no line is ever
 * changed. Otherwise the service would open files that have other tables than it believes.
 */
const HASHES: Readonly<Record<number, string>> = {
  4: '3c14e98afc066ffa252f041e125a7747b8dd16be6965b58a280f1aee71d29ec0',
  5: '2b51e405bc5932ae2a1e28d2c51bd0b15a870119ae78e6a718c00cc0d15dc64c',
  6: '446c2a64b0fb60d1fa8421f1896696632b4369074795c0af7afb17551efbf9d1',
  7: 'fca62259ded2ba66eacf2a7d85e0eb70c64871cf6f1c70a89323e5ee75ba0270',
  8: '5e94c3765060d896d7031d087eb15a158b78398415e1c16f7cfdee24835c9d24',
};

test('the tables are those of their version', () => {
  expect(hashOf(FORMAT.tables)).toBe(HASHES[FORMAT.version]);
});

/** Comments and spaces do not count. */
function hashOf(tables: string): string {
  const bare = tables.replaceAll(/--.*/g, '').replaceAll(/\s+/g, ' ').trim();
  return createHash('sha256').update(bare).digest('hex');
}
