-- Whether the data can be missing what was written last. A server that was started anew may have lost the end of its log,
-- and one that took over from another what had not reached it yet; either has another replication id.

local function historyOfServer()
  return string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
end

-- Returns whether the server is another one than last time. Then one whole interval passes; and since each bucket may have
-- had one permit that is not on record, so many session starts are taken off until Discord can have counted it. That a
-- head was withdrawn may be lost as well: each replica tells those it has, and enters all who wait again, before the interval
-- is over.
local function noticeOtherServer(found)
  local history = historyOfServer()
  if found.history == history then
    return false
  end
  found.history = history
  found.known_since = now
  found.lost_at = now
  found.remaining = found.remaining - found.max_concurrency
  saveBot(found)
  redis.call('DEL', HEADS, ON_RECORD)
  return true
end
