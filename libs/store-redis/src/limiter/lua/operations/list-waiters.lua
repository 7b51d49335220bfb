-- returns  { now, { entry, rank|shard|replica, ... } }
return { whole(now), redis.call('HGETALL', ENTRIES) }
