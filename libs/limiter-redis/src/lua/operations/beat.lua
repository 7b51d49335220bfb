-- This replica lives. What has run out meanwhile goes, though nobody enters.
--
-- returns  1 if it is the one that asks Discord for the bot's limits, else 0
sweep()
dropExpiredPlaces()
local leader = redis.call('HGET', BOT, 'leader')
if not leader or not redis.call('ZSCORE', REPLICAS, leader) then
  leader = replica
  redis.call('HSET', BOT, 'leader', leader)
end
local found = findBot()
if found then
  noticeOtherServer(found)
end
return leader == replica and 1 or 0
