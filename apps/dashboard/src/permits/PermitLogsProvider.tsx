import { type ReactNode, useContext, useEffect, useMemo } from 'react';
import { LiveContext } from '../live/live-context.ts';
import { PermitLogs } from './permit-logs.ts';
import { PermitLogsContext } from './permit-logs-context.ts';

/** Collects the permits of all bots while the dashboard is open, whichever page it shows. */
export function PermitLogsProvider({ children }: { readonly children: ReactNode }) {
  const store = useContext(LiveContext);
  const logs = useMemo(() => new PermitLogs(store), [store]);
  useEffect(() => logs.follow(), [logs]);
  return <PermitLogsContext value={logs}>{children}</PermitLogsContext>;
}
