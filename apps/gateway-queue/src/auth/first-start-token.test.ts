import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inWords } from '../start-failure.ts';
import { AdminTokenError } from './admin-token-error.ts';
import { firstStartToken } from './first-start-token.ts';

const CANARY = 'canary-91be-0123456789';
const MODE_BITS = 0o777;

let dataDir: string;
let path: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'first-start-'));
  path = join(dataDir, 'admin-token');
});

afterEach(() => rmSync(dataDir, { recursive: true }));

function refusal(): string {
  try {
    firstStartToken(dataDir);
  } catch (error) {
    if (error instanceof AdminTokenError) return inWords(error);
    throw error;
  }
  throw new Error('It was not refused');
}

function modeOf(file: string): number {
  return statSync(file).mode & MODE_BITS;
}

test('the first start makes a token of 32 random bytes, which only its owner can read', () => {
  const first = firstStartToken(dataDir);
  expect(first).toMatchObject({ name: 'first-start', role: 'operator', path });
  expect(first.token.reveal()).toMatch(/^[\w-]{43}$/);
  expect(readFileSync(path, 'utf8')).toBe(`${first.token.reveal()}\n`);
  expect(modeOf(path)).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(['admin-token']);
});

test('later starts read the same token, and another first start makes another token', () => {
  const first = firstStartToken(dataDir).token.reveal();
  firstStartToken(dataDir).forget();
  expect(firstStartToken(dataDir).token.reveal()).toBe(first);
  rmSync(path);
  expect(firstStartToken(dataDir).token.reveal()).not.toBe(first);
});

test('a missing directory is made, for its owner alone', () => {
  dataDir = join(dataDir, 'state', 'of-queue');
  firstStartToken(dataDir);
  expect(modeOf(dataDir)).toBe(0o700);
  dataDir = dirname(dirname(dataDir));
});

test('a token that an operator wrote is read without the white space around it', () => {
  writeFileSync(path, ` ${CANARY}\n\n`, { mode: 0o600 });
  expect(firstStartToken(dataDir).token.reveal()).toBe(CANARY);
});

test.each([0o640, 0o604, 0o660, 0o644])('a file with mode %o is refused', (mode) => {
  writeFileSync(path, CANARY);
  chmodSync(path, mode);
  const words = refusal();
  expect(words).toContain(`${path} can be used by others than its owner`);
  expect(words).not.toContain(CANARY);
  expect(readFileSync(path, 'utf8')).toBe(CANARY);
});

test.each(['', '\n', 'canary-short', `${CANARY} ${CANARY}`, `${CANARY},${CANARY}`])(
  'a file that holds %j is refused',
  (content) => {
    writeFileSync(path, content, { mode: 0o600 });
    const words = refusal();
    expect(words).toContain(`${path} holds no token: it must be 16 to 512 printable ASCII`);
    expect(words).not.toContain('canary');
  },
);

test('a directory in place of the file is refused', () => {
  mkdirSync(path, { mode: 0o700 });
  expect(refusal()).toContain(`${path} cannot be used (EISDIR)`);
});

test('nothing is written through a link', () => {
  const elsewhere = join(dataDir, 'elsewhere');
  symlinkSync(elsewhere, path);
  expect(refusal()).toContain(`${path} cannot be used (ENOENT)`);
  expect(existsSync(elsewhere)).toBe(false);
});

test('a directory that cannot be made is refused', () => {
  const file = join(dataDir, 'file');
  writeFileSync(file, '');
  expect(() => firstStartToken(join(file, 'below'))).toThrow(/below\/admin-token cannot be used/);
});

test('without a DATA_DIR the token is in a temporary directory until the process ends', () => {
  const first = firstStartToken(':memory:');
  const second = firstStartToken(':memory:');
  expect(first.path.startsWith(join(tmpdir(), 'gateway-queue-'))).toBe(true);
  expect(modeOf(first.path)).toBe(0o600);
  expect(modeOf(dirname(first.path))).toBe(0o700);
  expect(second.path).not.toBe(first.path);
  for (const made of [first, second]) {
    made.forget();
    expect(existsSync(dirname(made.path))).toBe(false);
  }
});
