import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { LiveStore } from '../live/live-store.ts';
import type { PermitLog } from './permit-log.ts';
import { PermitLogs } from './permit-logs.ts';

/** The permit logs of the page. */
export const PermitLogsContext = createContext(new PermitLogs(new LiveStore()));

/** A bot's permits of the last hour. Renders again when a permit is granted or changes its status. */
export function usePermitLog(bot: string): PermitLog {
  const logs = useContext(PermitLogsContext);
  const subscribe = useCallback(
    (listener: () => void) => logs.subscribe(bot, listener),
    [logs, bot],
  );
  return useSyncExternalStore(subscribe, () => logs.of(bot));
}

/** Asks the API for a bot's permits again after a failure. */
export function useRetryPermits(bot: string): () => void {
  const logs = useContext(PermitLogsContext);
  return useCallback(() => logs.retry(bot), [logs, bot]);
}
