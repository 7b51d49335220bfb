import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { variableOf } from './environment.ts';
import { readSettings, settingProperties } from './read-settings.ts';
import { fileVariableOf, SECRET_VARIABLES } from './secret-files.ts';
import { Settings } from './settings.ts';
import { documentedSettings, envExample } from './testing/settings-document.ts';

const root = join(import.meta.dirname, '../../../..');
const exampleFile = join(root, '.env.example');
const example = readFileSync(exampleFile, 'utf8');
const table = readFileSync(join(root, 'docs/settings.md'), 'utf8');

/** Every variable that the code knows, with its default; null where the default is not one value. */
const known = new Map<string, string | null>(
  settingProperties().map((property) => {
    const value: unknown = Reflect.get(new Settings(), property);
    return [variableOf(property), property === 'logPretty' ? null : textOf(value)];
  }),
);
for (const secret of SECRET_VARIABLES) known.set(fileVariableOf(secret), null);

test('every secret is a setting', () => {
  expect([...known.keys()]).toEqual(expect.arrayContaining([...SECRET_VARIABLES]));
});

test('.env.example names every setting with its default, and no other', () => {
  const entries = [...example.matchAll(/^#([A-Z_]+)=(.*)$/gm)];
  const documented = entries.map(([, name = '', value = '']): [string, string | null] => [
    name,
    value === '' ? null : value,
  ]);
  expect(new Map(documented)).toEqual(known);
  expect(documented).toHaveLength(known.size);
});

test('.env.example describes every setting in one line, with the default of one that has no value', () => {
  const blocks = example.trim().split('\n\n').slice(1);
  expect(blocks).toHaveLength(known.size);
  for (const block of blocks) {
    expect(block).toMatch(/^# .+\.\n#[A-Z_]+=.+$|^# .+ Default: .+\.\n#[A-Z_]+=$/);
  }
});

test('.env.example is what docs/settings.md says; npm run env-example writes it', async () => {
  await expect(envExample(table)).toMatchFileSnapshot(exampleFile);
});

test('.env.example can be used as it is', () => {
  const variables = example.matchAll(/^#([A-Z_]+)=(.*)$/gm);
  const environment = Object.fromEntries([...variables].map(([, name, value]) => [name, value]));
  expect(readSettings(environment)).toEqual(readSettings({}));
});

test('docs/settings.md names every setting with its default, and no other', () => {
  const documented = documentedSettings(table).map(({ name, value }) => [name, value] as const);
  expect(new Map(documented)).toEqual(known);
  expect(documented).toHaveLength(known.size);
});

function textOf(value: unknown): string | null {
  const fixed =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return fixed ? String(value) : null;
}
