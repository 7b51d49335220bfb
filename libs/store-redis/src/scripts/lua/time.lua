-- `raw`: microseconds since the Unix epoch by the server's clock, which all replicas share.
local time = redis.call('TIME')
local raw = tonumber(time[1]) * 1000000 + tonumber(time[2])
