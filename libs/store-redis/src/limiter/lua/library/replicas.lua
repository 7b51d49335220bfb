-- The replicas that live, and each one's head of each bucket.
--
-- REPLICAS     sorted set: replica, by when it was last heard of
-- ON_RECORD    hash: replica -> since when what it enters is on record
-- CONNECTIONS  hash: replica -> number of the newest over which it has asked
-- HEADS        hash: bucket/replica -> rank

local function headField(bucket, of)
  return whole(bucket) .. '/' .. of
end

-- The replica's waiters are no more: what they hold are places since `leftAt`, and nobody waits behind its heads.
local function reap(dead, leftAt)
  redis.call('ZREM', REPLICAS, dead)
  redis.call('HDEL', ON_RECORD, dead)
  redis.call('HDEL', CONNECTIONS, dead)
  local fields = redis.call('HKEYS', HEADS)
  for _, field in ipairs(fields) do
    local bucket, of = string.match(field, '^(%d+)/(.*)$')
    if of == dead then
      redis.call('HDEL', HEADS, field)
    end
  end
  local entries = redis.call('HGETALL', ENTRIES)
  local its = {}
  for index = 1, #entries, 2 do
    if string.match(entries[index + 1], '|([^|]*)$') == dead then
      its[#its + 1] = entries[index]
    end
  end
  leave(its, leftAt)
  announce(nil)
end

-- What was asked over a connection that the replica has given up since was overtaken: it repeated that, and went on.
local connection = tonumber(ARGV[6])
local newest = tonumber(redis.call('HGET', CONNECTIONS, replica) or 0)
if connection < newest then
  return redis.error_reply('OUTDATED This replica asks over a newer connection by now')
end

-- A heart heartbeats several times in the time after which a replica is dead. When none was heard of for half of it, it was the
-- server that was away, or its clock that was set forward: they may all live still, and count as heard of now.
if silence > rules.deadAfter / 2 then
  for _, known in ipairs(redis.call('ZRANGE', REPLICAS, 0, -1)) do
    redis.call('ZADD', REPLICAS, whole(now), known)
  end
end

-- The one that asks lives; those that have not been heard of for too long do not.
local function sweep()
  redis.call('ZADD', REPLICAS, whole(now), replica)
  if connection > newest then
    redis.call('HSET', CONNECTIONS, replica, whole(connection))
  end
  local limit = '(' .. whole(now - rules.deadAfter)
  for _, dead in ipairs(redis.call('ZRANGE', REPLICAS, '-inf', limit, 'BYSCORE')) do
    local lastSeen = tonumber(redis.call('ZSCORE', REPLICAS, dead))
    reap(dead, lastSeen + rules.deadAfter)
  end
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

-- Makes the rank this replica's head. When it ranks behind the head before it, others may go first now.
local function setHead(bucket, rank)
  local field = headField(bucket, replica)
  local before = redis.call('HGET', HEADS, field)
  redis.call('HSET', HEADS, field, rank)
  if before and before < rank and #otherHeads(bucket) > 0 then
    announce(bucket)
  end
end

-- Whether more than one replica has a head anywhere.
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

local function withdrawHead(bucket)
  if redis.call('HDEL', HEADS, headField(bucket, replica)) == 1 and #otherHeads(bucket) > 0 then
    announce(bucket)
  end
end
