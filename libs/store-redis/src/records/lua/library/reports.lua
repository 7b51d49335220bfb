--- @include "input"

-- REPORTS         hash: replica -> report
-- REPORTS_SAID    sorted set: replica, by when it reported
-- REPORTS_ENDING  sorted set: replica, by when the report expires

local function dropReport(replica)
  redis.call('HDEL', REPORTS, replica)
  redis.call('ZREM', REPORTS_SAID, replica)
  redis.call('ZREM', REPORTS_ENDING, replica)
end

local function dropExpiredReports()
  for _, replica in ipairs(redis.call('ZRANGE', REPORTS_ENDING, '-inf', whole(now), 'BYSCORE')) do
    dropReport(replica)
  end
end
