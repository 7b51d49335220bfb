import heartbeat from '../lua/operations/heartbeat.lua?raw';
import confirm from '../lua/operations/confirm.lua?raw';
import enter from '../lua/operations/enter.lua?raw';
import evict from '../lua/operations/evict.lua?raw';
import forget from '../lua/operations/forget.lua?raw';
import release from '../lua/operations/release.lua?raw';
import leave from '../lua/operations/leave.lua?raw';
import limits from '../lua/operations/limits.lua?raw';
import pause from '../lua/operations/pause.lua?raw';
import replicas from '../lua/operations/replicas.lua?raw';
import report from '../lua/operations/report.lua?raw';
import resume from '../lua/operations/resume.lua?raw';
import retire from '../lua/operations/retire.lua?raw';
import tryAcquire from '../lua/operations/try-acquire.lua?raw';
import view from '../lua/operations/view.lua?raw';
import waiters from '../lua/operations/waiters.lua?raw';
import wantRefresh from '../lua/operations/want-refresh.lua?raw';
import withdrawHead from '../lua/operations/withdraw-head.lua?raw';
import { type Script, scriptOf } from './script.ts';

const OPERATIONS = {
  heartbeat,
  confirm,
  enter,
  evict,
  forget,
  release,
  leave,
  limits,
  pause,
  replicas,
  report,
  resume,
  retire,
  tryAcquire,
  view,
  waiters,
  wantRefresh,
  withdrawHead,
};

/** What a limiter asks of the server; the files in `lua/operations` say what each takes and returns. */
export type Operation = keyof typeof OPERATIONS;

export type Scripts = Readonly<Record<Operation, Script>>;

/** @param timeSource Lua that defines `raw`; for tests that move the clock themselves */
export function makeScripts(timeSource?: string): Scripts {
  const scriptFor = (operation: Operation): Script => scriptOf(OPERATIONS[operation], timeSource);
  return {
    heartbeat: scriptFor('heartbeat'),
    confirm: scriptFor('confirm'),
    enter: scriptFor('enter'),
    evict: scriptFor('evict'),
    forget: scriptFor('forget'),
    release: scriptFor('release'),
    leave: scriptFor('leave'),
    limits: scriptFor('limits'),
    pause: scriptFor('pause'),
    replicas: scriptFor('replicas'),
    report: scriptFor('report'),
    resume: scriptFor('resume'),
    retire: scriptFor('retire'),
    tryAcquire: scriptFor('tryAcquire'),
    view: scriptFor('view'),
    waiters: scriptFor('waiters'),
    wantRefresh: scriptFor('wantRefresh'),
    withdrawHead: scriptFor('withdrawHead'),
  };
}
