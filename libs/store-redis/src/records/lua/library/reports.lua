-- REPORTS         hash: replica -> report
-- REPORTS_SAID    sorted set: replica, by when it said so
-- REPORTS_ENDING  sorted set: replica, by when the report is forgotten

local function dropReport(replica)
  redis.call('HDEL', REPORTS, replica)
  redis.call('ZREM', REPORTS_SAID, replica)
  redis.call('ZREM', REPORTS_ENDING, replica)
end

-- Called before anything else is done with them.
local function dropExpiredReports()
  for _, replica in ipairs(redis.call('ZRANGE', REPORTS_ENDING, '-inf', whole(now), 'BYSCORE')) do
    dropReport(replica)
  end
end
