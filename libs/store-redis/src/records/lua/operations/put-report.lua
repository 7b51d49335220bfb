--- @include "reports"

-- Replaces the replica's report.
--
-- ARGV    replica; report; after how many ms it expires
-- writes  REPORTS, REPORTS_SAID, REPORTS_ENDING
local replica, report, ttl = ARGV[1], ARGV[2], tonumber(ARGV[3])
dropExpiredReports()
redis.call('HSET', REPORTS, replica, report)
redis.call('ZADD', REPORTS_SAID, whole(now), replica)
redis.call('ZADD', REPORTS_ENDING, whole(now + ttl), replica)
