--- @include "reports"

-- returns  { replica, report, when it was reported } of each that has not expired, in ms since the Unix epoch
-- writes   nothing
local reply = {}
for _, replica in ipairs(redis.call('ZRANGE', REPORTS_ENDING, '(' .. whole(now), '+inf', 'BYSCORE')) do
  local saidAt = tonumber(redis.call('ZSCORE', REPORTS_SAID, replica))
  -- Where the server's clock was set back, the report would be from the future.
  reply[#reply + 1] = { replica, redis.call('HGET', REPORTS, replica), whole(math.min(saidAt, now)) }
end
return reply
