-- returns  { replica, microseconds since it was heard of, ... }
sweep()
local replicas = redis.call('ZRANGE', REPLICAS, 0, -1, 'WITHSCORES')
for index = 2, #replicas, 2 do
  replicas[index] = now - tonumber(replicas[index])
end
return replicas
