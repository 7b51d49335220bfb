--- @include "sessions"

-- Begins a session. Past a bound the session that began first ends, of the same token or of all.
--
-- ARGV     how many are kept; how many of one token; hash of the secret; hash of the token; session; how long it lasts in ms
-- returns  when it expires
-- writes   all keys of sessions
local kept, keptOfToken = tonumber(ARGV[1]), tonumber(ARGV[2])
local secret, token, session, ttl = ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])
dropExpiredSessions()
local newest = redis.call('ZRANGE', SESSIONS_BEGUN, '0', '0', 'REV', 'WITHSCORES')
redis.call('HSET', SESSIONS, secret, session)
redis.call('HSET', SESSIONS_TOKENS, secret, token)
redis.call('ZADD', SESSIONS_BEGUN, whole(following(newest[2])), secret)
redis.call('ZADD', SESSIONS_ENDING, whole(now + ttl), secret)

-- Reads all sessions, which are `kept` and one more at most: people log in seldom.
local begun = redis.call('ZRANGE', SESSIONS_BEGUN, '0', '-1')
local tokens = redis.call('HMGET', SESSIONS_TOKENS, unpack(begun))
local ofToken = {}
for index, one in ipairs(begun) do
  if tokens[index] == token then
    ofToken[#ofToken + 1] = one
  end
end
for index = 1, #ofToken - keptOfToken do
  dropSession(ofToken[index])
end

local surplus = redis.call('ZCARD', SESSIONS_BEGUN) - kept
if surplus > 0 then
  for _, oldest in ipairs(redis.call('ZRANGE', SESSIONS_BEGUN, '0', whole(surplus - 1))) do
    dropSession(oldest)
  end
end
return whole(now + ttl)
