import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Problem, PROBLEMS } from './problem.ts';

const root = join(import.meta.dirname, '../../../..');
const table = readFileSync(join(root, 'docs/errors.md'), 'utf8');

test('docs/errors.md names every code with its status, what it means and what helps, and no other', () => {
  const rows = [...table.matchAll(/^\| `([a-z-]+)` +\| (\d+) +\| .+\. +\| .+\. +\|$/gm)];
  const documented = rows.map(([, code = '', status = '']): [string, number] => [
    code,
    Number(status),
  ]);
  const known = Object.entries(PROBLEMS).map(([code, { status }]): [string, number] => [
    code,
    status,
  ]);
  expect(documented).toEqual(known);
  // A row in another format would not have matched above.
  expect(table.match(/^\| `/gm)).toHaveLength(known.length);
});

test('docs/errors.md shows a problem as the service answers it', () => {
  const [, example = ''] = /```json\n(.+?)```/s.exec(table) ?? [];
  const shown: unknown = JSON.parse(example);
  const { status, title } = PROBLEMS['invalid-parameter'];
  expect(shown).toMatchObject({ status, title, code: 'invalid-parameter', parameter: 'shard' });
});

test('docs/errors.md says about an unknown path what the answer says', () => {
  const [, meaning = ''] = /^\| `not-found` +\| 404 +\| (.+?\.) +\|/m.exec(table) ?? [];
  expect(meaning).toMatch(/method/);
  expect(Problem.notFound().body.detail).toContain(meaning);
});
