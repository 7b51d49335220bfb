import type { Evidence } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';

/** For the machine, beyond the service's own limit; ms. */
const SLACK_MS = 2000;

/** Processes end when they are told to, with 0 and in time, and never by themselves. */
export function checkEndings({ calm, history }: Evidence): Finding {
  const violations: Violation[] = [];
  let longestShutdownMs = 0;
  for (const { code, endedAt, replica, said, toldAt } of history.endings) {
    if (toldAt === null) {
      const what = `replica ${replica} ended by itself with ${code} at ${at(endedAt)}:\n${said}`;
      violations.push({ promise: 'goes on', what, asks: [] });
      continue;
    }
    const suspensions = calm.of('replica suspended', replica);
    if (suspensions.some(({ from, to }) => from <= endedAt && to >= toldAt)) continue;
    const tookMs = endedAt - toldAt;
    longestShutdownMs = Math.max(longestShutdownMs, tookMs);
    if (code === 0 && tookMs <= history.rules.shutdownTimeoutMs + SLACK_MS) continue;
    const what = `replica ${replica} was told to end at ${at(toldAt)}, and did with ${code} after ${at(tookMs)} ms:\n${said}`;
    violations.push({ promise: 'ends', what, asks: [] });
  }
  return { violations, figures: { endings: history.endings.length, longestShutdownMs } };
}
