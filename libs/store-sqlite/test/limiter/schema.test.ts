import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { SCHEMA, SCHEMA_VERSION } from '../../src/limiter/schema.ts';

/**
 * The schema of each version, as a hash of it. No line is ever changed: another schema is another version, with a line of
 * its own. Otherwise files would be read whose tables are others.
 */
const HASHES: Readonly<Record<number, string>> = {
  2: '0ef5cbd4c5b224defec2a747536e023743f800925f9624b1f744f034f54f6de0',
  3: '9f0f74d2ace7ffe0eb3e5d45f4bbe3906add1e270d020808a46c532288a8742f',
};

test('the schema is that of its version', () => {
  expect(hashOf(SCHEMA)).toBe(HASHES[SCHEMA_VERSION]);
});

/** Comments and spaces do not count. */
function hashOf(schema: string): string {
  const bare = schema.replaceAll(/--.*/g, '').replaceAll(/\s+/g, ' ').trim();
  return createHash('sha256').update(bare).digest('hex');
}
