--- @include "sessions"

-- Ends a session before it expires.
--
-- ARGV     hash of the secret
-- returns  1; 0 when there was none
-- writes   all keys of sessions
dropExpiredSessions()
return dropSession(ARGV[1])
