import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { redisProgram } from '../../../../test/support/redis-server.ts';

const UNPACK = fileURLToPath(new URL('unpack-valkey.sh', import.meta.url));
const UNPACKED = fileURLToPath(
  new URL('../../../../node_modules/.cache/gateway-queue/valkey', import.meta.url),
);

/**
 * The file of a valkey-server: the one that VALKEY_SERVER names, else Debian's, which is downloaded when it is needed
 * for the first time.
 */
export async function valkeyProgram(): Promise<string> {
  const named = process.env['VALKEY_SERVER'];
  if (named !== undefined) return named;
  const program = `${UNPACKED}/root/usr/bin/valkey-server`;
  if (!(await isExecutable(program))) await unpackValkey();
  return program;
}

async function unpackValkey(): Promise<void> {
  await mkdir(dirname(UNPACKED), { recursive: true });
  // Of several test processes each has its own, until the first is done.
  const directory = await mkdtemp(`${UNPACKED}-`);
  try {
    // It needs the same libraries.
    await redisProgram();
    await promisify(execFile)('sh', [UNPACK, directory]);
    await rename(directory, UNPACKED);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    if (await isExecutable(`${UNPACKED}/root/usr/bin/valkey-server`)) return;
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    throw new Error(
      'valkey-server is missing, and tests need it. It could not be had from Debian. Install it, and name its file in ' +
        `VALKEY_SERVER.\n${said}`,
      { cause: error },
    );
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
