import announce from '../limiter/lua/library/announce.lua?raw';
import begin from '../limiter/lua/library/begin.lua?raw';
import bot from '../limiter/lua/library/bot.lua?raw';
import budget from '../limiter/lua/library/budget.lua?raw';
import clock from '../limiter/lua/library/clock.lua?raw';
import closings from '../limiter/lua/library/closings.lua?raw';
import heads from '../limiter/lua/library/heads.lua?raw';
import limiterInput from '../limiter/lua/library/input.lua?raw';
import lostData from '../limiter/lua/library/lost-data.lua?raw';
import margin from '../limiter/lua/library/margin.lua?raw';
import opening from '../limiter/lua/library/opening.lua?raw';
import pauses from '../limiter/lua/library/pauses.lua?raw';
import permits from '../limiter/lua/library/permits.lua?raw';
import places from '../limiter/lua/library/places.lua?raw';
import ranks from '../limiter/lua/library/ranks.lua?raw';
import refusals from '../limiter/lua/library/refusals.lua?raw';
import replicas from '../limiter/lua/library/replicas.lua?raw';
import askForRefresh from '../limiter/lua/operations/ask-for-refresh.lua?raw';
import confirm from '../limiter/lua/operations/confirm.lua?raw';
import endReplica from '../limiter/lua/operations/end-replica.lua?raw';
import enter from '../limiter/lua/operations/enter.lua?raw';
import evict from '../limiter/lua/operations/evict.lua?raw';
import forget from '../limiter/lua/operations/forget.lua?raw';
import heartbeat from '../limiter/lua/operations/heartbeat.lua?raw';
import leave from '../limiter/lua/operations/leave.lua?raw';
import listReplicas from '../limiter/lua/operations/list-replicas.lua?raw';
import listWaiters from '../limiter/lua/operations/list-waiters.lua?raw';
import pause from '../limiter/lua/operations/pause.lua?raw';
import readLimits from '../limiter/lua/operations/read-limits.lua?raw';
import release from '../limiter/lua/operations/release.lua?raw';
import resume from '../limiter/lua/operations/resume.lua?raw';
import setLimits from '../limiter/lua/operations/set-limits.lua?raw';
import tryAcquire from '../limiter/lua/operations/try-acquire.lua?raw';
import viewBot from '../limiter/lua/operations/view-bot.lua?raw';
import withdrawHead from '../limiter/lua/operations/withdraw-head.lua?raw';
import recordsInput from '../records/lua/library/input.lua?raw';
import overrides from '../records/lua/library/overrides.lua?raw';
import reports from '../records/lua/library/reports.lua?raw';
import sessions from '../records/lua/library/sessions.lua?raw';
import appendEntry from '../records/lua/operations/append-entry.lua?raw';
import beginSession from '../records/lua/operations/begin-session.lua?raw';
import endSession from '../records/lua/operations/end-session.lua?raw';
import findOverride from '../records/lua/operations/find-override.lua?raw';
import findSession from '../records/lua/operations/find-session.lua?raw';
import liftOverride from '../records/lua/operations/lift-override.lua?raw';
import listEntries from '../records/lua/operations/list-entries.lua?raw';
import listReports from '../records/lua/operations/list-reports.lua?raw';
import putReport from '../records/lua/operations/put-report.lua?raw';
import setOverride from '../records/lua/operations/set-override.lua?raw';
import withdrawReport from '../records/lua/operations/withdraw-report.lua?raw';
import numbers from './lua/numbers.lua?raw';
import time from './lua/time.lua?raw';

/** All operations on a bot. Each file says what the operation takes, returns and writes. */
export const LIMITER_OPERATIONS = {
  askForRefresh,
  confirm,
  endReplica,
  enter,
  evict,
  forget,
  heartbeat,
  leave,
  listReplicas,
  listWaiters,
  pause,
  readLimits,
  release,
  resume,
  setLimits,
  tryAcquire,
  viewBot,
  withdrawHead,
};

/** All operations on the operators' records. */
export const RECORDS_OPERATIONS = {
  appendEntry,
  beginSession,
  endSession,
  findOverride,
  findSession,
  liftOverride,
  listEntries,
  listReports,
  putReport,
  setOverride,
  withdrawReport,
};

/** What both kinds of operations can include. */
const SHARED_LIBRARY = { numbers, time };

/** What the operations on a bot can include. */
export const LIMITER_LIBRARY = {
  ...SHARED_LIBRARY,
  announce,
  begin,
  bot,
  budget,
  clock,
  closings,
  heads,
  input: limiterInput,
  'lost-data': lostData,
  margin,
  opening,
  pauses,
  permits,
  places,
  ranks,
  refusals,
  replicas,
};

/** What the operations on the records can include. */
export const RECORDS_LIBRARY = {
  ...SHARED_LIBRARY,
  input: recordsInput,
  overrides,
  reports,
  sessions,
};
