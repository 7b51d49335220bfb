-- `now`: `raw` that never runs backwards. Where the server's clock was set back, or another server took over whose clock
-- is behind, time goes on from the last moment that was seen.
-- `silence`: for how long nobody at all had asked for anything of this bot.
local seen, offset = unpack(redis.call('HMGET', BOT, 'seen', 'offset'))
offset = tonumber(offset or 0)
if seen and raw + offset < tonumber(seen) then
  offset = tonumber(seen) - raw
end
local now = raw + offset
local silence = seen and now - tonumber(seen) or 0
redis.call('HSET', BOT, 'seen', whole(now), 'offset', whole(offset))
