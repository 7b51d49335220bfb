import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DataDirError } from './data-dir-error.ts';
import { SCHEMA, SCHEMA_VERSION } from '../limiter/schema.ts';

/** In place of a directory: keep nothing. */
export const IN_MEMORY = ':memory:';

const FILE_NAME = 'gateway-queue.db';

/** SQLite's result code for a file that another connection has locked (sqlite3.h, SQLITE_BUSY). */
const SQLITE_BUSY = 5;

/**
 * Opens the file in `dataDir`, made if need be, and locks it for as long as the process lives; the
 * lock goes with the process, however that ends.
 *
 * @param use makes of the database what it is opened for; when that fails, the database is closed again
 * @throws DataDirError when another process has it, when it cannot be used, or when it is no file of ours
 */
export function openDatabase<T>(dataDir: string, use: (database: DatabaseSync) => T): T {
  const path = dataDir === IN_MEMORY ? IN_MEMORY : join(dataDir, FILE_NAME);
  let database: DatabaseSync | undefined;
  try {
    if (path !== IN_MEMORY) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    database = new DatabaseSync(path);
    prepareFile(database, path);
    return use(database);
  } catch (error) {
    database?.close();
    throw inWords(error, dataDir, path);
  }
}

function prepareFile(database: DatabaseSync, path: string): void {
  // EXCLUSIVE before WAL: then the first access takes the lock, and no shared-memory file is needed.
  // NORMAL: a write survives the end of the process; only with the machine may the last ones be lost,
  // and then the timeline is another one, so that a full interval passes.
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    BEGIN IMMEDIATE;
  `);
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > SCHEMA_VERSION) {
    throw new DataDirError(
      `${path} was written by a newer gateway-queue (format ${version}; this one reads ${SCHEMA_VERSION} alone). ` +
        'Run that version, or give this one a DATA_DIR of its own.',
    );
  }
  if (version > 0 && version < SCHEMA_VERSION) {
    throw new DataDirError(
      `${path} was written by an older gateway-queue (format ${version}; this one reads ${SCHEMA_VERSION} alone). ` +
        'Go on with that version, or move the file away: a new one is made, and the first permits come one interval ' +
        'later. But with the file go the pauses, the places in line, and the count of the session starts, which ' +
        'without a token begins anew.',
    );
  }
  if (version === 0) database.exec(`${SCHEMA}; PRAGMA user_version = ${SCHEMA_VERSION};`);
  database.exec('COMMIT');
}

function inWords(error: unknown, dataDir: string, path: string): Error {
  if (error instanceof DataDirError) return error;
  if (!(error instanceof Error))
    return new DataDirError(`DATA_DIR ${dataDir} cannot be used`, { cause: error });
  if ('errcode' in error && error.errcode === SQLITE_BUSY) {
    return new DataDirError(
      `DATA_DIR ${dataDir} is in use by another gateway-queue process. ` +
        'Stop that one, or give this one a DATA_DIR of its own.',
      { cause: error },
    );
  }
  if ('code' in error && error.code === 'ERR_SQLITE_ERROR') {
    return new DataDirError(
      `${path} cannot be used: ${error.message}. If it is damaged, move it away: a new one is made, ` +
        'and the first permits come one interval later.',
      { cause: error },
    );
  }
  return new DataDirError(
    `DATA_DIR ${dataDir} cannot be used: ${error.message}. It must be a directory that this process may write to.`,
    { cause: error },
  );
}
