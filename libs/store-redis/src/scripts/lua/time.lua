-- serverTime: microseconds since the Unix epoch, by the server's clock.
local time = redis.call('TIME')
local serverTime = tonumber(time[1]) * 1000000 + tonumber(time[2])
