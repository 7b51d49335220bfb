--- @include "input"
--- @include "numbers"
--- @include "time"

-- The time of the operation, in microseconds. It never runs backwards: where the server's clock was set back, or another
-- server took over whose clock is behind, time goes on from the last moment at which an operation wrote.
--
-- BOT: hash
--   seen    when an operation wrote last
--   offset  what was added to the server's time then

local lastWrite, clockOffset = unpack(redis.call('HMGET', BOT, 'seen', 'offset'))
lastWrite, clockOffset = tonumber(lastWrite), tonumber(clockOffset) or 0
if lastWrite and serverTime + clockOffset < lastWrite then
  clockOffset = lastWrite - serverTime
end
local now = serverTime + clockOffset

-- For how long no replica has written anything about the bot.
local function silence()
  return lastWrite and now - lastWrite or 0
end

-- Keeps the time, so that no later operation is before this one.
local function keepTime()
  redis.call('HSET', BOT, 'seen', whole(now), 'offset', whole(clockOffset))
end
