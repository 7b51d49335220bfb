import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirError } from './data-dir-error.ts';
import { SqliteDatabase } from './sqlite-database.ts';

/** In place of a directory: keep nothing. */
export const IN_MEMORY = ':memory:';

/** Name of the file in `DATA_DIR`. */
export const FILE_NAME = 'gateway-queue.db';

/** SQLite's result code for a file that another connection has locked (sqlite3.h, SQLITE_BUSY). */
const SQLITE_BUSY = 5;

const LOST_WITH_THE_FILE =
  'But with the file go the pauses, the places in line, the count of the session starts (which without a token begins ' +
  "anew), the audit log, the operators' sessions and the overrides of limits.";

/** What is in a file. */
export interface FileFormat {
  /** At least 1. The file keeps it as SQLite's `user_version`. */
  readonly version: number;
  /** SQL that makes the tables. */
  readonly tables: string;
}

/**
 * Opens the file in `dataDir` and locks it until it is closed or the process ends, however that ends. Makes directory and
 * file when they do not exist.
 *
 * @param use makes of the database what it is opened for; when that throws, the database is closed again
 * @throws DataDirError when another process has the file, when the file cannot be used, or when its format is another one
 */
export function openDatabase<T>(
  dataDir: string,
  format: FileFormat,
  use: (database: SqliteDatabase) => T,
): T {
  const path = dataDir === IN_MEMORY ? IN_MEMORY : join(dataDir, FILE_NAME);
  let database: SqliteDatabase | undefined;
  try {
    if (path !== IN_MEMORY) makeFile(dataDir, path);
    database = new SqliteDatabase(path);
    prepareFile(database, format, path);
    return use(database);
  } catch (error) {
    database?.close();
    throw inWords(error, dataDir, path);
  }
}

/** Readable by its owner alone. SQLite gives the files beside it the same mode. */
function makeFile(dataDir: string, path: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // Not when the file exists: to close a file that SQLite has open in this process would take SQLite's lock away.
  if (!existsSync(path)) closeSync(openSync(path, 'ax', 0o600));
}

function prepareFile(database: SqliteDatabase, format: FileFormat, path: string): void {
  // EXCLUSIVE before WAL: then the first access takes the lock, and no shared-memory file is needed.
  // NORMAL: a transaction survives the end of the process. A failure of the machine may lose the last ones; after it the
  // timeline is another one, so that a full interval passes.
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
  `);
  database.write(() => {
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version === 0) {
      database.exec(`${format.tables}; PRAGMA user_version = ${format.version};`);
    } else if (version !== format.version) {
      throw otherFormat(version, format.version, path);
    }
  });
}

function otherFormat(version: number, ours: number, path: string): DataDirError {
  const formats = `(format ${version}; this one reads ${ours} alone)`;
  return new DataDirError(
    version > ours
      ? `${path} was written by a newer gateway-queue ${formats}. ` +
          'Run that version, or give this one a DATA_DIR of its own.'
      : `${path} was written by an older gateway-queue ${formats}. Go on with that version, or move the file away: ` +
          `a new one is made, and the first permits come one interval later. ${LOST_WITH_THE_FILE}`,
  );
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
        `and the first permits come one interval later. ${LOST_WITH_THE_FILE}`,
      { cause: error },
    );
  }
  return new DataDirError(
    `DATA_DIR ${dataDir} cannot be used: ${error.message}. It must be a directory that this process may write to.`,
    { cause: error },
  );
}
