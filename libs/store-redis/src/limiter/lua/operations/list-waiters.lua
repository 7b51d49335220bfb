--- @include "clock"

-- returns  { now, { entry, rank|shard|replica, ... } }
-- writes   nothing
return { whole(now), redis.call('HGETALL', ENTRIES) }
