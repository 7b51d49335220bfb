-- returns  { replica, report, ms since it was said } of each
dropExpiredReports()
local said = redis.call('ZRANGE', REPORTS_SAID, '0', '-1', 'WITHSCORES')
local reply = {}
for index = 1, #said, 2 do
  local replica, at = said[index], tonumber(said[index + 1])
  -- Less than nothing where the clock was set back.
  reply[#reply + 1] = { replica, redis.call('HGET', REPORTS, replica), whole(math.max(now - at, 0)) }
end
return reply
