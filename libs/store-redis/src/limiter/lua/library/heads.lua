--- @include "announce"
--- @include "numbers"

-- The head of each replica's line of each bucket, as in libs/identify-limiter/src/steps/heads.ts.
--
-- HEADS     hash: bucket/replica -> rank
-- REPLICAS  sorted set: replica, by when it was last heard of

local function headField(bucket, of)
  return whole(bucket) .. '/' .. of
end

-- The heads of all replicas but the one that asks.
local function otherHeads(bucket)
  local fields = {}
  for _, other in ipairs(redis.call('ZRANGE', REPLICAS, 0, -1)) do
    if other ~= replica then
      fields[#fields + 1] = headField(bucket, other)
    end
  end
  local heads = {}
  if #fields > 0 then
    for _, head in ipairs(redis.call('HMGET', HEADS, unpack(fields))) do
      if head then
        heads[#heads + 1] = head
      end
    end
  end
  return heads
end

-- Makes the rank this replica's head. When the head before ranked first, the other replicas may gain by the change.
local function setHead(bucket, rank)
  local field = headField(bucket, replica)
  local before = redis.call('HGET', HEADS, field)
  redis.call('HSET', HEADS, field, rank)
  if before and before < rank and #otherHeads(bucket) > 0 then
    announceOpportunity(bucket)
  end
end

-- The replica's line of the bucket is empty.
local function withdrawHead(bucket)
  if redis.call('HDEL', HEADS, headField(bucket, replica)) == 1 and #otherHeads(bucket) > 0 then
    announceOpportunity(bucket)
  end
end

-- Drops all heads of a replica.
local function dropHeads(of)
  for _, field in ipairs(redis.call('HKEYS', HEADS)) do
    if string.match(field, '^%d+/(.*)$') == of then
      redis.call('HDEL', HEADS, field)
    end
  end
end

-- Whether more than one replica has a head, of whichever bucket.
local function haveSeveralHeads()
  local first
  for _, field in ipairs(redis.call('HKEYS', HEADS)) do
    local of = string.match(field, '^%d+/(.*)$')
    if first and of ~= first then
      return true
    end
    first = of
  end
  return false
end
