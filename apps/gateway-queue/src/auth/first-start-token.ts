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
import { errorCode } from '../logs/error-code.ts';
import { ADMIN_TOKEN_RULE, type AdminToken, parseAdminToken } from '../settings/admin-token.ts';
import { AdminTokenError } from './admin-token-error.ts';
import { IN_MEMORY } from '../store/stores.ts';

const FILE_NAME = 'admin-token';

/** As hard to guess as a key of 256 bits. */
const TOKEN_BYTES = 32;

/** The mode bits of all users but the owner (chmod(2)). */
const OTHERS_BITS = 0o077;

/** The only token when none is configured. */
export interface FirstStartToken extends AdminToken {
  readonly path: string;
  /** Deletes the file if the next process cannot use it. */
  forget(): void;
}

/**
 * Reads the token that was made at the first start, from a file that only the service's user can read. Makes the token when
 * there is no file.
 *
 * @param dataDir where the file outlives the process; for `:memory:` it is in a temporary directory
 * @throws AdminTokenError when the token cannot be kept, or the file must not be trusted
 */
export function firstStartToken(dataDir: string): FirstStartToken {
  const isLasting = dataDir !== IN_MEMORY;
  const directory = isLasting ? dataDir : mkdtempSync(join(tmpdir(), 'gateway-queue-'));
  const path = resolve(directory, FILE_NAME);
  const token = parseAdminToken(make(directory, path) ?? read(path));
  if (token === undefined) {
    throw new AdminTokenError(
      `${path} holds no token: it ${ADMIN_TOKEN_RULE}. Delete the file, and the next start makes another token, or set ADMIN_TOKENS.`,
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

/** @returns undefined when there is a file already */
function make(directory: string, path: string): string | undefined {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  let file: number;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // Fails when the path exists, even as a link: no other user can plant a file here.
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return undefined;
    throw unusable(path, error);
  }
  try {
    writeFileSync(file, `${token}\n`, { flush: true });
  } catch (error) {
    // The next start would read half a token as a whole one.
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
    // The mode of the open file: the path could be exchanged in between.
    if ((fstatSync(file).mode & OTHERS_BITS) !== 0) {
      throw new AdminTokenError(
        `${path} can be used by others than its owner. A user who has read it may do everything: delete it, and the next start makes another token. ` +
          'If no other user can have read it, take the rights from them (chmod 600).',
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
    `${path} cannot be used (${errorCode(error) ?? 'unknown reason'}). It must be a file of this process's user. With ADMIN_TOKENS no file is needed.`,
    { cause: error },
  );
}
