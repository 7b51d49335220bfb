--- @include "input"

-- Adds an entry to the audit log, and drops the oldest of its class past the bound.
--
-- AUDIT             hash: id -> msgpack of { at, record }
-- AUDIT_INDEX       sorted set: id and facets (src/records/facets.ts), as in `7|action=...|by=...|`, by id
-- AUDIT_OF_ACCESS   sorted set: the members of AUDIT_INDEX whose class is `access` (libs/operator-records), by id
-- AUDIT_OF_CHANGES  the same of the class `change`
--
-- ARGV     class; how many of it are kept; facets; record
-- returns  { id, at }
-- writes   AUDIT, AUDIT_INDEX, AUDIT_OF_ACCESS or AUDIT_OF_CHANGES
local class, kept, facets, record = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local ofClass = class == 'access' and AUDIT_OF_ACCESS or AUDIT_OF_CHANGES
local newest = redis.call('ZRANGE', AUDIT_INDEX, '0', '0', 'REV', 'WITHSCORES')
local id = whole(following(newest[2]))
redis.call('ZADD', AUDIT_INDEX, id, id .. facets)
redis.call('ZADD', ofClass, id, id .. facets)
redis.call('HSET', AUDIT, id, cmsgpack.pack({ at = now, record = record }))

-- A version that kept more may have left many. They are dropped bit by bit.
local MAX_DROPPED = 100
local surplus = math.min(redis.call('ZCARD', ofClass) - kept, MAX_DROPPED)
if surplus > 0 then
  for _, oldest in ipairs(redis.call('ZRANGE', ofClass, '0', whole(surplus - 1))) do
    redis.call('ZREM', ofClass, oldest)
    redis.call('ZREM', AUDIT_INDEX, oldest)
    redis.call('HDEL', AUDIT, string.match(oldest, '^%d+'))
  end
end
return { id, whole(now) }
