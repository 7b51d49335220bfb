import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const INSTALL = fileURLToPath(new URL('install-debian-package.sh', import.meta.url));

/** Held while something is installed: of test processes that run at the same time one does it, the others wait. */
const LOCK = '/run/gateway-queue-tests.lock';

/** Where servers are, and what the PATH of an ordinary user may leave out. */
const SERVERS = ['/usr/local/sbin', '/usr/sbin'];

/** More than apt-get has to say, bytes. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/**
 * Where a program is that Debian has in a package of the same name, such as `nginx` or `redis-server`. A
 * missing one is installed if we are root and there is an apt-get, which takes up to minutes; none of its
 * services is started. Rejects, with what to do, if we are not, or when it cannot be installed.
 */
export async function debianProgram(name: string): Promise<string> {
  const found = find(name);
  if (found !== undefined) return found;
  const advice = `${name} is missing, and tests need it. Install it; on Debian: apt-get install --no-install-recommends ${name}`;
  if (process.getuid?.() !== 0 || find('apt-get') === undefined) throw new Error(advice);
  try {
    // Without --close whatever apt-get leaves behind would keep the lock.
    await promisify(execFile)('flock', ['--close', LOCK, 'sh', INSTALL, name], {
      maxBuffer: MAX_OUTPUT,
    });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    throw new Error(`${advice}\n${said}`, { cause: error });
  }
  const installed = find(name);
  if (installed === undefined) throw new Error(`Debian's package ${name} has no program ${name}`);
  return installed;
}

function find(name: string): string | undefined {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...SERVERS];
  return directories
    .filter(isAbsolute)
    .map((directory) => join(directory, name))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
