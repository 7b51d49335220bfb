--- @include "input"

-- Tells all replicas what changed (Change in libs/identify-limiter/src/limiter.ts). A hint: it may be lost on its way.

local function publish(change)
  change.bot = bot
  redis.call('PUBLISH', channel, cjson.encode(change))
end

-- A head of this bucket may go now that could not before. Nil stands for every bucket.
local function announceOpportunity(bucket)
  publish({ bucket = nilToNull(bucket) })
end

-- There is a place of this shard, and another entry of the shard waits.
local function announcePlace(shard)
  publish({ placeOf = shard })
end
