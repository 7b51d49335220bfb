import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { IN_MEMORY } from '@gateway-queue/store-sqlite';
import { ADMIN_TOKEN_RULE, type AdminToken, parseAdminToken } from '../settings/admin-token.ts';
import { AdminTokenError } from './admin-token-error.ts';

const FILE_NAME = 'admin-token';

/** As hard to guess as a key of 256 bits. */
const TOKEN_BYTES = 32;

/** What others than the owner may do with a file (chmod(2)). */
const OTHERS_BITS = 0o077;

/** The one token there is when none is configured. */
export interface FirstStartToken extends AdminToken {
  readonly path: string;
  /** Removes the file, if it is of no use to the next process. */
  forget(): void;
}

/**
 * The token that was made at the first start, in a file that only the service's user can read; made now if there is none.
 *
 * @param dataDir where it outlives the process; for `:memory:` a directory of its own, which does not
 * @throws AdminTokenError when it cannot be kept, or the file must not be trusted
 */
export function firstStartToken(dataDir: string): FirstStartToken {
  const isLasting = dataDir !== IN_MEMORY;
  const directory = isLasting ? dataDir : mkdtempSync(join(tmpdir(), 'gateway-queue-'));
  const path = resolve(directory, FILE_NAME);
  const token = parseAdminToken(make(directory, path) ?? read(path));
  if (token === undefined) {
    throw new AdminTokenError(
      `${path} holds no token: it ${ADMIN_TOKEN_RULE}. Delete it, and another one is made, or set ADMIN_TOKENS.`,
    );
  }
  return {
    name: 'first-start',
    role: 'operator',
    token,
    path,
    forget() {
      if (!isLasting) rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** @returns undefined when there is one already */
function make(directory: string, path: string): string | undefined {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  let file: number;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // Fails where anything is already, be it a link to elsewhere: nobody can lay a file out for us.
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw unusable(path, error);
  }
  try {
    writeFileSync(file, `${token}\n`, { flush: true });
  } catch (error) {
    // Half a token would be read as one at the next start.
    rmSync(path, { force: true });
    throw unusable(path, error);
  } finally {
    closeSync(file);
  }
  return token;
}

function read(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw unusable(path, error);
  }
  try {
    // Of what was opened, which nobody can exchange any more.
    if ((fstatSync(file).mode & OTHERS_BITS) !== 0) {
      throw new AdminTokenError(
        `${path} can be used by others than its owner. Whoever read it may do everything: delete it, and another one is made. ` +
          'If nobody can have read it, take the rights from them (chmod 600).',
      );
    }
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw unusable(path, error);
  } finally {
    closeSync(file);
  }
}

function unusable(path: string, error: unknown): AdminTokenError {
  if (error instanceof AdminTokenError) return error;
  return new AdminTokenError(
    `${path} cannot be used (${codeOf(error)}). It must be a file of this process's user; set ADMIN_TOKENS to go without one.`,
    { cause: error },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
