import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { SCHEMA, SCHEMA_VERSION } from '../../src/records/schema.ts';

/**
 * The schema of each version, as a hash of it. No line is ever changed: another schema is another version, with a line of
 * its own. Otherwise files would be read whose tables are others.
 */
const HASHES: Readonly<Record<number, string>> = {
  1: 'af01652ef90b5f42bc3c81b08c648db4c7831a075cb7a9ee6bc139ab93a563ce',
};

test('the schema is that of its version', () => {
  expect(hashOf(SCHEMA)).toBe(HASHES[SCHEMA_VERSION]);
});

/** Comments and spaces do not count. */
function hashOf(schema: string): string {
  const bare = schema.replaceAll(/--.*/g, '').replaceAll(/\s+/g, ' ').trim();
  return createHash('sha256').update(bare).digest('hex');
}
