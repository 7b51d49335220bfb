-- ARGV     hash of the secret
-- returns  1; 0 when there was none
dropExpiredSessions()
return endSession(ARGV[1])
