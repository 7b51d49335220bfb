import { systemClock } from '@gateway-queue/identify-limiter';
import type { Limiter } from '@gateway-queue/operator-records';
import { openSqliteStore } from '@gateway-queue/store-sqlite';

import { currentTimeline } from '../../../apps/gateway-queue/src/store/timeline.ts';

/** Does what an operator would, on the state itself. The service must not be running. */
export async function onState(
  dataDir: string,
  act: (limiter: Limiter) => Promise<unknown>,
): Promise<void> {
  const store = openSqliteStore({
    dataDir,
    clock: systemClock(currentTimeline()),
    rules: {
      intervalMs: 5000,
      marginMs: 250,
      confirmTimeoutMs: 10_000,
      reserveOf: () => 10,
      crashLoop: { burst: 5, windowMs: 900_000, below: 0.5 },
    },
    placeTtlMs: 90_000,
    maxPlaces: 20_000,
    replica: 'operator',
  });
  try {
    await act(store.limiter);
  } finally {
    await store.close();
  }
}
