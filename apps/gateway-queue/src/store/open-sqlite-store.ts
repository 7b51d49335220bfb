import { LocalLimiter, LocalState } from '@gateway-queue/store-sqlite';
import { openLocalRecords } from '@gateway-queue/store-sqlite';
import { type OperatorRecords } from '@gateway-queue/operator-records';
import type { Settings } from '../settings/settings.ts';
import { limiterRules } from './limiter-rules.ts';
import type { Clock } from './store.tokens.ts';
import type { OpenedStore } from './opened-store.ts';

/**
 * What a process that stands alone keeps in `DATA_DIR`.
 *
 * @throws DataDirError, RecordsFileError when that cannot be used
 */
export function openLocalStore(settings: Settings, clock: Clock, replica: string): OpenedStore {
  const state = LocalState.open({
    clock,
    dataDir: settings.dataDir,
    rules: limiterRules(settings),
    placeTtlMs: settings.placeTtlMs,
    maxPlaces: settings.maxWaiting,
  });
  let records: OperatorRecords;
  try {
    records = openLocalRecords({ clock, dataDir: settings.dataDir });
  } catch (error) {
    state.close();
    throw error;
  }
  return {
    limiter: new LocalLimiter(state, replica),
    records,
    async close() {
      await records.close();
      state.close();
    },
  };
}
