--- @include "reports"

-- returns  { replica, report, ms since it was reported } of each that has not expired
-- writes   nothing
local reply = {}
for _, replica in ipairs(redis.call('ZRANGE', REPORTS_ENDING, '(' .. whole(now), '+inf', 'BYSCORE')) do
  local saidAt = tonumber(redis.call('ZSCORE', REPORTS_SAID, replica))
  -- The age would be below 0 where the server's clock was set back.
  reply[#reply + 1] = { replica, redis.call('HGET', REPORTS, replica), whole(math.max(now - saidAt, 0)) }
end
return reply
