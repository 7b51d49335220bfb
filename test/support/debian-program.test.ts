import { afterEach, expect, test, vi } from 'vitest';

import { debianProgram } from './debian-program.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a program on the PATH is found', async () => {
  expect(await debianProgram('sh')).toMatch(/^\/.*\/sh$/);
});

test('a program that cannot be installed is named with the command that installs it', async () => {
  vi.stubEnv('PATH', '/nonexistent');
  await expect(debianProgram('no-such-server')).rejects.toThrow(
    'apt-get install --no-install-recommends no-such-server',
  );
});
