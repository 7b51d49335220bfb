import type { Evidence } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';

/** What a busy machine may take beyond the service's own limit, ms. */
const SLACK_MS = 2000;

/** Always: a process exits in time and with code 0 after SIGTERM, and never exits by itself. */
export function checkExits({ quietTimes, history }: Evidence): Finding {
  const violations: Violation[] = [];
  let maxShutdownMs = 0;
  for (const { code, endedAt, replica, output, signalledAt } of history.exits) {
    if (signalledAt === null) {
      const what = `replica ${replica} exited by itself with ${code} at ${at(endedAt)}:\n${output}`;
      violations.push({ promise: 'process keeps running', what, requests: [] });
      continue;
    }
    const suspensions = quietTimes.faultsOf('replica suspended', replica);
    if (suspensions.some(({ from, to }) => from <= endedAt && to >= signalledAt)) continue;
    const tookMs = endedAt - signalledAt;
    maxShutdownMs = Math.max(maxShutdownMs, tookMs);
    if (code === 0 && tookMs <= history.rules.shutdownTimeoutMs + SLACK_MS) continue;
    const what = `replica ${replica} was told to exit at ${at(signalledAt)}, and exited with ${code} after ${at(tookMs)} ms:\n${output}`;
    violations.push({ promise: 'process exits in time', what, requests: [] });
  }
  return { violations, figures: { exits: history.exits.length, maxShutdownMs } };
}
