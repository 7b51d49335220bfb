-- This replica lives. What has run out meanwhile goes, though nobody enters.
--
-- returns  { 1 if it is the one that asks Discord for the bot's limits, else 0; since when what it enters is on record }
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
local onRecordSince = redis.call('HGET', ON_RECORD, replica)
if not onRecordSince then
  onRecordSince = whole(now)
  redis.call('HSET', ON_RECORD, replica, onRecordSince)
end
return { leader == replica and 1 or 0, onRecordSince }
