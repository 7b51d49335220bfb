import heartbeat from '../limiter/lua/operations/heartbeat.lua?raw';
import confirm from '../limiter/lua/operations/confirm.lua?raw';
import enter from '../limiter/lua/operations/enter.lua?raw';
import evict from '../limiter/lua/operations/evict.lua?raw';
import forget from '../limiter/lua/operations/forget.lua?raw';
import release from '../limiter/lua/operations/release.lua?raw';
import leave from '../limiter/lua/operations/leave.lua?raw';
import limits from '../limiter/lua/operations/read-limits.lua?raw';
import pause from '../limiter/lua/operations/pause.lua?raw';
import replicas from '../limiter/lua/operations/list-replicas.lua?raw';
import report from '../limiter/lua/operations/set-limits.lua?raw';
import resume from '../limiter/lua/operations/resume.lua?raw';
import retire from '../limiter/lua/operations/end-replica.lua?raw';
import tryAcquire from '../limiter/lua/operations/try-acquire.lua?raw';
import view from '../limiter/lua/operations/view-bot.lua?raw';
import waiters from '../limiter/lua/operations/list-waiters.lua?raw';
import wantRefresh from '../limiter/lua/operations/ask-for-refresh.lua?raw';
import withdrawHead from '../limiter/lua/operations/withdraw-head.lua?raw';
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
