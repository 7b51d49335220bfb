-- ARGV     hash of the secret
-- returns  { session, when it expires }, or nothing in it
dropExpiredSessions()
local session = redis.call('HGET', SESSIONS, ARGV[1])
return session and { session, redis.call('ZSCORE', SESSIONS_ENDING, ARGV[1]) } or {}
