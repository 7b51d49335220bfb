--- @include "begin"
--- @include "lost-data"

-- The replica reports that it lives, and learns what it has to do. Mirrors heartbeat in
-- libs/identify-limiter/src/steps/replicas.ts. Places expire here too, so that they do when no replica enters an entry.
--
-- ON_RECORD: hash, replica -> since when what it enters is on record
-- BOT: hash
--   leader    the replica that asks Discord for the bot's limits
--
-- returns  { 1 when this replica is the leader, else 0; since when what it enters is on record }
-- writes   BOT, HEADS, ON_RECORD, PLACES, PLACES_LEFT
begin()
expirePlaces()
local leader = redis.call('HGET', BOT, 'leader')
if not leader or not redis.call('ZSCORE', REPLICAS, leader) then
  leader = replica
  redis.call('HSET', BOT, 'leader', leader)
end
local state = currentBot()
if state then
  noticeLostData(state)
end
local onRecordSince = redis.call('HGET', ON_RECORD, replica)
if not onRecordSince then
  onRecordSince = whole(now)
  redis.call('HSET', ON_RECORD, replica, onRecordSince)
end
return { leader == replica and 1 or 0, onRecordSince }
