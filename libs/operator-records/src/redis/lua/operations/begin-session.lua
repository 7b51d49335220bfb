-- ARGV     how many are kept; hash of the secret; session; how long it lasts in ms
-- returns  when it expires
local kept, secret, session, ttl = tonumber(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])
dropExpiredSessions()
local newest = redis.call('ZRANGE', SESSIONS_BEGUN, '0', '0', 'REV', 'WITHSCORES')
redis.call('HSET', SESSIONS, secret, session)
redis.call('ZADD', SESSIONS_BEGUN, whole(following(newest[2])), secret)
redis.call('ZADD', SESSIONS_ENDING, whole(now + ttl), secret)
local surplus = redis.call('ZCARD', SESSIONS_BEGUN) - kept
if surplus > 0 then
  for _, oldest in ipairs(redis.call('ZRANGE', SESSIONS_BEGUN, '0', whole(surplus - 1))) do
    endSession(oldest)
  end
end
return whole(now + ttl)
