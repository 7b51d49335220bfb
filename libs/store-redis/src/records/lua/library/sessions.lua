--- @include "input"

-- SESSIONS         hash: hash of the secret -> session
-- SESSIONS_TOKENS  hash: hash of the secret -> hash of the token
-- SESSIONS_BEGUN   sorted set: hash of the secret, in the order in which the sessions began
-- SESSIONS_ENDING  sorted set: hash of the secret, by when the session expires

-- Returns 1; 0 when there was none.
local function dropSession(secret)
  redis.call('ZREM', SESSIONS_BEGUN, secret)
  redis.call('ZREM', SESSIONS_ENDING, secret)
  redis.call('HDEL', SESSIONS_TOKENS, secret)
  return redis.call('HDEL', SESSIONS, secret)
end

local function dropExpiredSessions()
  for _, secret in ipairs(redis.call('ZRANGE', SESSIONS_ENDING, '-inf', whole(now), 'BYSCORE')) do
    dropSession(secret)
  end
end
