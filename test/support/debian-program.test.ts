import { afterEach, expect, test, vi } from 'vitest';

import { debianProgram } from './debian-program.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('finds what is there', async () => {
  expect(await debianProgram('sh')).toMatch(/^\/.*\/sh$/);
});

test('says what to install where it cannot', async () => {
  vi.stubEnv('PATH', '/nonexistent');
  await expect(debianProgram('no-such-server')).rejects.toThrow(
    'apt-get install --no-install-recommends no-such-server',
  );
});
