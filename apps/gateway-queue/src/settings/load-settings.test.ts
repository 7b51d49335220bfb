import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadSettings } from './load-settings.ts';
import { Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'env-'));
  vi.spyOn(process, 'cwd').mockReturnValue(directory);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

test('the settings of the environment go before those of .env', async () => {
  writeFileSync(join(directory, '.env'), 'PORT=1\nHOST=::1\n');
  vi.stubEnv('PORT', '2');
  expect((await loadSettings()).settings).toMatchObject({ port: 2, host: '::1' });
});

test('the settings can be injected', async () => {
  const { settings, module } = await loadSettings();
  const app = await Test.createTestingModule({ imports: [module] }).compile();
  expect(app.get(Settings)).toBe(settings);
});

test('a secret in .env is not copied into the environment of child processes', async () => {
  writeFileSync(join(directory, '.env'), 'DISCORD_TOKEN=hunter2\n');
  const { settings } = await loadSettings();
  expect(settings.bots[0]?.token?.reveal()).toBe('hunter2');
  expect(Object.values(process.env)).not.toContain('hunter2');
});

test('violations reject', async () => {
  vi.stubEnv('PORT', 'x');
  await expect(loadSettings()).rejects.toThrow(SettingsError);
});
