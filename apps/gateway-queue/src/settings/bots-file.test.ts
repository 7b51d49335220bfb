import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBotsFile } from './bots-file.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'bots-'));
});

afterAll(() => rmSync(directory, { recursive: true }));

function file(content: unknown): string {
  const path = join(directory, 'bots.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function violations(content: unknown): string[] {
  return readBotsFile(file(content)).violations;
}

test('bots come with their tokens, from the file itself or from files of their own', () => {
  writeFileSync(join(directory, 'two.token'), 'Bot token-two\n');
  const read = readBotsFile(
    file([
      { id: 'one', token: 'token-one' },
      { id: 'two', tokenFile: 'two.token', maxConcurrency: 16, reserve: 0 },
      { id: 'three.3_-' },
    ]),
  );
  expect(read.violations).toEqual([]);
  expect(
    read.bots.map(({ id, token, maxConcurrency, reserve }) => [
      id,
      token?.reveal(),
      maxConcurrency,
      reserve,
    ]),
  ).toEqual([
    ['one', 'token-one', undefined, undefined],
    ['two', 'token-two', 16, 0],
    ['three.3_-', undefined, undefined, undefined],
  ]);
});

test('every violation is named, with the path of its member', () => {
  writeFileSync(join(directory, 'empty.token'), '\n');
  expect(
    violations([
      { id: 'one', token: 'a b', maxConcurrency: 0 },
      { id: 'one', tokn: 'x' },
      { id: 'two words' },
      { id: 'x'.repeat(65) },
      { id: 'both', token: 'x', tokenFile: 'y' },
      { id: 'missing', tokenFile: 'missing.token' },
      { id: 'empty', tokenFile: 'empty.token' },
      { id: 'greedy', reserve: 1_000_001 },
      { id: 'odd', reserve: '10' },
      'text',
    ]),
  ).toEqual([
    'BOTS_FILE: bots[0].token must be a bot token: one word of printable ASCII characters',
    'BOTS_FILE: bots[0].maxConcurrency must be a whole number from 1 to 10000',
    'BOTS_FILE: bots[1].tokn is not known',
    'BOTS_FILE: bots[1].id is that of another bot too; each must have its own',
    'BOTS_FILE: bots[2].id must be 1 to 64 letters, digits, underscores, dots and hyphens',
    'BOTS_FILE: bots[3].id must be 1 to 64 letters, digits, underscores, dots and hyphens',
    'BOTS_FILE: bots[4].tokenFile must not be there together with token; leave one of them out',
    'BOTS_FILE: bots[5].tokenFile names a file that cannot be read (ENOENT)',
    'BOTS_FILE: bots[6].tokenFile names a file that is empty',
    'BOTS_FILE: bots[7].reserve must be a whole number from 0 to 1000000',
    'BOTS_FILE: bots[8].reserve must be a whole number from 0 to 1000000',
    'BOTS_FILE: bots[9] must be an object with the id of a bot',
  ]);
});

test('a member that looks like a prototype is an unknown member', () => {
  expect(violations('[{"id": "one", "__proto__": {"token": "x"}}]')).toEqual([
    'BOTS_FILE: bots[0].__proto__ is not known',
  ]);
});

test.each([['[]'], ['{}'], ['null'], ['"x"']])('%s is no array of bots', (content) => {
  expect(violations(content)).toEqual([
    'BOTS_FILE: must name a file with a JSON array of at least one bot',
  ]);
});

test('a file that is not JSON is not quoted', () => {
  expect(violations('[{"id": "one", "token": "hunter2"')).toEqual([
    'BOTS_FILE: names a file that is not JSON',
  ]);
});

test('a file that cannot be read', () => {
  expect(readBotsFile(join(directory, 'no-such-file')).violations).toEqual([
    'BOTS_FILE: names a file that cannot be read (ENOENT)',
  ]);
});
