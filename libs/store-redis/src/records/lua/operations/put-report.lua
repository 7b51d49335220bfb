-- Replaces what the replica said of itself.
--
-- ARGV  replica; report; for how long it is kept in ms
local replica, report, ttl = ARGV[1], ARGV[2], tonumber(ARGV[3])
dropExpiredReports()
redis.call('HSET', REPORTS, replica, report)
redis.call('ZADD', REPORTS_SAID, whole(now), replica)
redis.call('ZADD', REPORTS_ENDING, whole(now + ttl), replica)
