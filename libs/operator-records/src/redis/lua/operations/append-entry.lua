-- Adds an entry to the audit log, and drops the oldest past the bound.
--
-- AUDIT        hash: id -> msgpack: at, record
-- AUDIT_INDEX  sorted set: id and facets (src/redis/facets.ts), as in `7|action=...|by=...|`, by id
--
-- ARGV     how many are kept; facets; record
-- returns  { id, at }
local kept, facets, record = tonumber(ARGV[1]), ARGV[2], ARGV[3]
local newest = redis.call('ZRANGE', AUDIT_INDEX, '0', '0', 'REV', 'WITHSCORES')
local id = whole(following(newest[2]))
redis.call('ZADD', AUDIT_INDEX, id, id .. facets)
redis.call('HSET', AUDIT, id, cmsgpack.pack({ at = now, record = record }))

-- A version that kept more may have left many: they go bit by bit.
local AT_MOST = 100
local surplus = math.min(redis.call('ZCARD', AUDIT_INDEX) - kept, AT_MOST)
if surplus > 0 then
  for _, oldest in ipairs(redis.call('ZRANGE', AUDIT_INDEX, '0', whole(surplus - 1))) do
    redis.call('ZREM', AUDIT_INDEX, oldest)
    redis.call('HDEL', AUDIT, string.match(oldest, '^%d+'))
  end
end
return { id, whole(now) }
