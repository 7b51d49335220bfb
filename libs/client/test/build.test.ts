import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { ScriptedQueue } from '../testing/index.ts';

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('../', import.meta.url));
const TSC = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
const MANY_MS = 60_000;

let project: string;

/** The package as it would be installed, in a project that has nothing else. */
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'gateway-queue-client-'));
  const installed = join(project, 'node_modules', '@gateway-queue', 'client');
  await mkdir(installed, { recursive: true });
  await cp(join(PACKAGE, 'package.json'), join(installed, 'package.json'));
  await compile(['-p', join(PACKAGE, 'tsconfig.build.json'), '--outDir', join(installed, 'dist')]);
  await writeFile(join(project, 'package.json'), '{"type": "module"}');
}, MANY_MS);
afterAll(() => rm(project, { recursive: true, force: true }));

/** Rejects with the compiler's own words. */
async function compile(args: string[]): Promise<void> {
  try {
    await run(process.execPath, [TSC, ...args]);
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(said || 'tsc did not start', { cause: error });
  }
}

test('the package has every field that a registry requires, and no dependency', async () => {
  const manifest: unknown = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({
    name: '@gateway-queue/client',
    type: 'module',
    license: 'ISC',
    engines: { node: '>=20' },
  });
  for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies', 'private']) {
    expect(manifest).not.toHaveProperty(field);
  }
});

test('the built package gets a permit and confirms it, in plain Node', async () => {
  await using queue = await ScriptedQueue.start();
  const program = `
    import { IdentifyClient } from '@gateway-queue/client';
    const client = new IdentifyClient({ url: process.argv[2] });
    const permit = await client.identify({ shard: 3, confirm: true });
    console.log(permit.shard, await client.confirm(permit));
  `;
  const file = join(project, 'program.js');
  await writeFile(file, program);
  const { stdout, stderr } = await run(process.execPath, [file, queue.url]);
  expect({ stdout, stderr }).toEqual({ stdout: '3 true\n', stderr: '' });
});

test.each(['nodenext', 'bundler'])(
  'its types need neither the DOM, nor Node’s types, nor another package: %s',
  async (moduleResolution) => {
    const consumer = `
      import { IdentifyClient, identifyThrottler, type Permit, type Retry } from '@gateway-queue/client';
      const client = new IdentifyClient({ url: 'http://queue', token: 't' });
      export const permit: Promise<Permit> = client.identify({ shard: 1, priority: 'high' });
      export const confirmed: Promise<boolean> = permit.then((given) => client.confirm(given));
      export const stopOn = ({ code }: Retry): boolean => code === 'unauthorized';
      export const build = identifyThrottler({ url: 'http://queue', onRetry: stopOn });
      // @ts-expect-error A shard has to be named.
      void client.identify({});
    `;
    const file = join(project, 'consumer.ts');
    await writeFile(file, consumer);
    const config = {
      compilerOptions: {
        target: 'es2022',
        lib: ['es2022'],
        types: [],
        module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
        moduleResolution,
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        skipLibCheck: false,
      },
      files: ['consumer.ts'],
    };
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(config));
    await expect(compile(['-p', project])).resolves.toBeUndefined();
  },
  MANY_MS,
);
