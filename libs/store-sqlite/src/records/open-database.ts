import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RecordsFileError } from './records-file-error.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';

/** In place of a directory: keep nothing. */
const IN_MEMORY = ':memory:';

const FILE_NAME = 'operators.db';

/** SQLite's result code for a file that another connection has locked (sqlite3.h, SQLITE_BUSY). */
const SQLITE_BUSY = 5;

/**
 * Opens the file in `dataDir`, made if need be, and locks it until it is closed or the process ends.
 *
 * @throws RecordsFileError when another process has it, when it cannot be used, or when it is no file of ours
 */
export function openDatabase(dataDir: string): DatabaseSync {
  const path = dataDir === IN_MEMORY ? IN_MEMORY : join(dataDir, FILE_NAME);
  let database: DatabaseSync | undefined;
  try {
    if (path !== IN_MEMORY) makeFile(dataDir, path);
    database = new DatabaseSync(path);
    prepareFile(database, path);
    return database;
  } catch (error) {
    database?.close();
    throw inWords(error, dataDir, path);
  }
}

/** Readable by its owner alone; SQLite gives the files beside it the same mode. */
function makeFile(dataDir: string, path: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // Closing a file that SQLite has open in this process would take its lock away.
  if (!existsSync(path)) closeSync(openSync(path, 'ax', 0o600));
}

function prepareFile(database: DatabaseSync, path: string): void {
  // EXCLUSIVE before WAL: then the first access takes the lock, and no shared-memory file is needed.
  // FULL: what operators do is rare, and who did it must be known after a power cut too.
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    BEGIN IMMEDIATE;
  `);
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version !== 0 && version !== SCHEMA_VERSION) {
    throw new RecordsFileError(
      `${path} was written by another version of gateway-queue (format ${version}; this one reads ${SCHEMA_VERSION} ` +
        'alone). Run that version, or move the file away: a new one is made. But with the file go the audit log, the ' +
        'sessions of the operators, and the overrides of limits.',
    );
  }
  if (version === 0) database.exec(`${SCHEMA}; PRAGMA user_version = ${SCHEMA_VERSION};`);
  database.exec('COMMIT');
}

function inWords(error: unknown, dataDir: string, path: string): Error {
  if (error instanceof RecordsFileError) return error;
  if (!(error instanceof Error)) {
    return new RecordsFileError(`DATA_DIR ${dataDir} cannot be used`, { cause: error });
  }
  if ('errcode' in error && error.errcode === SQLITE_BUSY) {
    return new RecordsFileError(
      `DATA_DIR ${dataDir} is in use by another gateway-queue process. ` +
        'Stop that one, or give this one a DATA_DIR of its own.',
      { cause: error },
    );
  }
  if ('code' in error && error.code === 'ERR_SQLITE_ERROR') {
    return new RecordsFileError(
      `${path} cannot be used: ${error.message}. If it is damaged, move it away: a new one is made. But with the file ` +
        'go the audit log, the sessions of the operators, and the overrides of limits.',
      { cause: error },
    );
  }
  return new RecordsFileError(
    `DATA_DIR ${dataDir} cannot be used: ${error.message}. It must be a directory that this process may write to.`,
    { cause: error },
  );
}
