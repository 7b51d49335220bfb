import type { Store, StoreOptions } from '@gateway-queue/operator-records';
import { openDatabase } from './connection/open-database.ts';
import { SqliteLimiter } from './limiter/sqlite-limiter.ts';
import { SqliteState } from './limiter/sqlite-state.ts';
import { sqliteRecords } from './records/sqlite-records.ts';
import { FORMAT } from './schema.ts';

export interface SqliteStoreOptions extends StoreOptions {
  /** The directory of the file `gateway-queue.db`; or {@link IN_MEMORY}, and nothing outlives the store. */
  readonly dataDir: string;
}

/**
 * Opens the store of a single replica: one file, which no other process can open at the same time.
 *
 * @throws DataDirError when the file cannot be used
 */
export function openSqliteStore({ dataDir, ...options }: SqliteStoreOptions): Store {
  return openDatabase(dataDir, FORMAT, (database) => {
    const state = new SqliteState(database, options);
    return {
      isShared: false,
      limiter: new SqliteLimiter(state, options.replica),
      records: sqliteRecords(database, options.clock, state.epoch),
      async close() {
        state.close();
        database.close();
      },
    };
  });
}
