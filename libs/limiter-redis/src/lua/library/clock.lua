-- `now`: `raw` that never runs backwards. Where the server's clock was set back, or another server took over whose clock
-- is behind, time goes on from the last moment that was seen.
local seen, offset = unpack(redis.call('HMGET', BOT, 'seen', 'offset'))
offset = tonumber(offset or 0)
if seen and raw + offset < tonumber(seen) then
  offset = tonumber(seen) - raw
end
local now = raw + offset
redis.call('HSET', BOT, 'seen', whole(now), 'offset', whole(offset))
