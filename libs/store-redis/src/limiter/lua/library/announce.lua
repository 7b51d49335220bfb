-- Tells all replicas what changed. A hint: it may be lost on its way.

-- A head of this bucket (of every bucket: nil) may go now that could not before.
local function announce(bucket)
  redis.call('PUBLISH', channel, cjson.encode({ bot = bot, bucket = bucket or cjson.null }))
end

-- There is a place of this shard, of which another request waits.
local function announcePlace(shard)
  redis.call('PUBLISH', channel, cjson.encode({ bot = bot, placeOf = shard }))
end
