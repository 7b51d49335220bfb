export { DataDirError } from './connection/data-dir-error.ts';
export { IN_MEMORY } from './connection/open-database.ts';
export { openSqliteStore, type SqliteStoreOptions } from './open-sqlite-store.ts';
