--- @include "bot"

-- Whether the data can be missing what was written last. A server that was restarted may have lost the end of its log, and a
-- server that took over from another one may not have received it. Either has another replication id.
--
-- HEADS, ON_RECORD  see heads.lua, heartbeat.lua

local function historyOfServer()
  return string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
end

-- Returns whether the server is another one than last time. What follows from it is noticeLostData in
-- libs/identify-limiter/src/steps/lost-data.ts.
local function noticeLostData(state)
  local history = historyOfServer()
  if state.history == history then
    return false
  end
  state.history = history
  state.known_since = now
  state.lost_at = now
  state.remaining = state.remaining - state.max_concurrency
  saveBot(state)
  redis.call('DEL', HEADS, ON_RECORD)
  return true
end
