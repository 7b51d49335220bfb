import type { Clock } from '@gateway-queue/identify-limiter';
import { DEFAULT_RULES } from '@gateway-queue/identify-limiter/testing';
import type { Store } from '@gateway-queue/operator-records';
import { openSqliteStore } from '../src/index.ts';

/** Opens a store for tests that do not depend on its rules. */
export function openStore(dataDir: string, clock: Clock): Store {
  return openSqliteStore({
    dataDir,
    clock,
    rules: DEFAULT_RULES,
    placeTtlMs: 90_000,
    maxPlaces: 100,
    replica: 'local',
  });
}
