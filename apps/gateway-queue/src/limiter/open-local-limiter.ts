import { LocalLimiter, LocalState } from '@gateway-queue/limiter-local';
import type { Settings } from '../settings/settings.ts';
import { limiterRules } from './limiter-rules.ts';
import type { Clock } from './limiter.tokens.ts';
import type { OpenedLimiter } from './opened-limiter.ts';

/**
 * The limiter of a process that stands alone, kept in `DATA_DIR`.
 *
 * @throws DataDirError when that cannot be used
 */
export function openLocalLimiter(settings: Settings, clock: Clock, replica: string): OpenedLimiter {
  const state = LocalState.open({
    clock,
    dataDir: settings.dataDir,
    rules: limiterRules(settings),
    placeTtlMs: settings.placeTtlMs,
    maxPlaces: settings.maxWaiting,
  });
  return {
    limiter: new LocalLimiter(state, replica),
    async close() {
      state.close();
    },
  };
}
