import { createHash } from 'node:crypto';
import input from './lua/library/input.lua?raw';
import overrides from './lua/library/overrides.lua?raw';
import reports from './lua/library/reports.lua?raw';
import sessions from './lua/library/sessions.lua?raw';
import time from './lua/library/time.lua?raw';
import allReports from './lua/operations/list-reports.lua?raw';
import appendEntry from './lua/operations/append-entry.lua?raw';
import beginSession from './lua/operations/begin-session.lua?raw';
import endSession from './lua/operations/end-session.lua?raw';
import findOverride from './lua/operations/find-override.lua?raw';
import findSession from './lua/operations/find-session.lua?raw';
import liftOverride from './lua/operations/lift-override.lua?raw';
import pageOfEntries from './lua/operations/list-entries.lua?raw';
import report from './lua/operations/put-report.lua?raw';
import setOverride from './lua/operations/set-override.lua?raw';
import withdrawReport from './lua/operations/withdraw-report.lua?raw';
import type { Script } from './script-runner.ts';

/** The files in `lua/operations` say what each takes and returns. */
const OPERATIONS = {
  allReports,
  appendEntry,
  beginSession,
  endSession,
  findOverride,
  findSession,
  liftOverride,
  pageOfEntries,
  report,
  setOverride,
  withdrawReport,
};

/** What the records ask of the server. */
export type Operation = keyof typeof OPERATIONS;

export const ALL_OPERATIONS = Object.keys(OPERATIONS).filter(isOperation);

/** With this line a server that may not write refuses a script as a whole, so that none is half done. */
const SHEBANG = '#!lua\n';

/** @param timeSource defines `raw`; for tests that move the clock themselves */
export function scriptFor(operation: Operation, timeSource: string = time): Script {
  const parts = [timeSource, input, sessions, reports, overrides, OPERATIONS[operation]];
  const text = SHEBANG + parts.join('\n');
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

function isOperation(name: string): name is Operation {
  return name in OPERATIONS;
}
