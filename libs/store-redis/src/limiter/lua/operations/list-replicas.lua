-- returns  { now, { replica, when it was heard of, ... } }
sweep()
return { whole(now), redis.call('ZRANGE', REPLICAS, 0, -1, 'WITHSCORES') }
