--- @include "sessions"

-- ARGV     hash of the secret
-- returns  { session, when it expires }; empty when there is none or it has expired
-- writes   nothing
local session = redis.call('HGET', SESSIONS, ARGV[1])
local expiresAt = redis.call('ZSCORE', SESSIONS_ENDING, ARGV[1])
return session and tonumber(expiresAt) > now and { session, expiresAt } or {}
