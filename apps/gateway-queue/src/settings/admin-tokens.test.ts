import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSettings } from './read-settings.ts';
import { SettingsError } from './settings-error.ts';

/** Part of every text that must not be seen. */
const CANARY = 'canary-7d20';
const TOKEN = `${CANARY}:of/an=operator`;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'admin-tokens-'));
});

afterAll(() => rmSync(directory, { recursive: true }));

function operators(adminTokens: string): [name: string, role: string, token: string][] {
  const { operatorTokens } = readSettings({ ADMIN_TOKENS: adminTokens });
  return operatorTokens.map(({ name, role, token }) => [name, role, token.reveal()]);
}

function violations(adminTokens: string): readonly string[] {
  try {
    readSettings({ ADMIN_TOKENS: adminTokens });
  } catch (error) {
    if (error instanceof SettingsError) return error.violations;
    throw error;
  }
  return [];
}

test('without a setting there are no tokens', () => {
  expect(readSettings({}).operatorTokens).toEqual([]);
});

test('each token has a name, a role and a text, and the text may have colons', () => {
  expect(operators(`alice:operator:${TOKEN}, bob.2_-:viewer:0123456789abcdef`)).toEqual([
    ['alice', 'operator', TOKEN],
    ['bob.2_-', 'viewer', '0123456789abcdef'],
  ]);
});

test('the tokens can be in a file', () => {
  const path = join(directory, 'tokens');
  writeFileSync(path, `alice:operator:${TOKEN},\n bob:viewer:0123456789abcdef\n`);
  const { operatorTokens } = readSettings({ ADMIN_TOKENS_FILE: path });
  expect(operatorTokens.map(({ name }) => name)).toEqual(['alice', 'bob']);
});

test('the tokens are not seen when the settings are shown', () => {
  const settings = readSettings({ ADMIN_TOKENS: `alice:operator:${TOKEN}` });
  expect(JSON.stringify(settings)).not.toContain(CANARY);
  expect(inspect(settings, { depth: null, showHidden: true })).not.toContain(CANARY);
});

describe('refused', () => {
  test.each([
    [TOKEN.replaceAll(':', ''), ['must be name:role:token, like alice:operator:<token>']],
    [`alice:${CANARY}-no-role`, ['must be name:role:token, like alice:operator:<token>']],
    [`${CANARY} x:viewer:${TOKEN}`, [expect.stringMatching(/^its name must be 1 to 64 letters/)]],
    [`${CANARY.repeat(9)}:viewer:${TOKEN}`, [expect.stringMatching(/^its name must be/)]],
    [`:viewer:${TOKEN}`, [expect.stringMatching(/^its name must be/)]],
    [`alice:${CANARY}:${TOKEN}`, ['its role must be viewer or operator']],
    [`alice:admin:${TOKEN}`, ['its role must be viewer or operator']],
    [`alice:viewer:${CANARY}`, [expect.stringMatching(/^its token must be 16 to 512 printable/)]],
    [`alice:viewer:${CANARY} with spaces`, [expect.stringMatching(/^its token must be/)]],
    [`alice:viewer:${'x'.repeat(513)}`, [expect.stringMatching(/^its token must be/)]],
    [`alice:viewer:tökén-tökén-tökén`, [expect.stringMatching(/^its token must be/)]],
    ['alice::', [expect.stringMatching(/^its role/), expect.stringMatching(/^its token/)]],
  ])('%s', (entry, expected) => {
    const found = violations(entry);
    expect(found.map((violation) => violation.replace('ADMIN_TOKENS: entry 1: ', ''))).toEqual(
      expected,
    );
    expect(found.join()).not.toContain(CANARY);
  });

  test('every entry is named by its number', () => {
    const tokens = `alice:operator:${TOKEN},,alice:viewer:${TOKEN},${CANARY}`;
    const found = violations(tokens);
    expect(found).toEqual([
      'ADMIN_TOKENS: entry 2: must be name:role:token, like alice:operator:<token>',
      'ADMIN_TOKENS: entry 3: its name is that of another entry too; each must have its own',
      'ADMIN_TOKENS: entry 3: its token is that of another entry too; each must have its own',
      'ADMIN_TOKENS: entry 4: must be name:role:token, like alice:operator:<token>',
    ]);
    expect(new SettingsError(found).message).not.toContain(CANARY);
  });
});

test('the time that an operator stays logged in is bounded', () => {
  expect(readSettings({}).sessionTtlMs).toBe(43_200_000);
  expect(readSettings({ SESSION_TTL_MS: '1' }).sessionTtlMs).toBe(1);
  for (const value of ['0', '2592000001', '12h']) {
    expect(() => readSettings({ SESSION_TTL_MS: value })).toThrow('SESSION_TTL_MS: must be');
  }
});
