--- @include "clock"

-- The permits that may have been used within PERMIT_KEEP, or within the window of throttling if that is longer. A permit is
-- PermitState in libs/identify-limiter/src/steps/state.ts; shard NONE stands for no shard named.
--
-- PERMITS            hash: id -> msgpack of { id, bucket, shard, grantedAt, confirmBy, confirmedAt, released, beforeFrom,
--                    beforeKind, rank }; beforeFrom and beforeKind say how the bucket was closed before
-- PERMITS_GRANTED    sorted set: id, by grantedAt
-- PERMITS_USABLE     sorted set: id, by the end of the time in which it may be used; without the released
-- PERMITS_OF_SHARDS  sorted set: grantedAt|id, by shard; of one shard the latest last; without the released
-- PERMITS_REFUSED    see refusals.lua

local function findPermit(id)
  local stored = redis.call('HGET', PERMITS, id)
  return stored and cmsgpack.unpack(stored)
end

local function savePermit(permit)
  redis.call('HSET', PERMITS, permit.id, cmsgpack.pack(permit))
end

local function memberOfShard(permit)
  return string.format('%016.0f|%s', permit.grantedAt, permit.id)
end

-- The id of the permit that a member of PERMITS_OF_SHARDS stands for.
local function idOfMember(member)
  return string.sub(member, 18)
end

local function grantedAtOfMember(member)
  return tonumber(string.sub(member, 1, 16))
end

-- The end of the time in which the permit may be used.
local function usedBy(permit)
  return permit.confirmedAt or permit.confirmBy or permit.grantedAt
end

local function addPermit(permit)
  savePermit(permit)
  redis.call('ZADD', PERMITS_GRANTED, whole(permit.grantedAt), permit.id)
  redis.call('ZADD', PERMITS_USABLE, whole(usedBy(permit)), permit.id)
  redis.call('ZADD', PERMITS_OF_SHARDS, permit.shard, memberOfShard(permit))
end

-- The permit's session start counts no more.
local function uncount(permit)
  redis.call('ZREM', PERMITS_USABLE, permit.id)
  redis.call('ZREM', PERMITS_OF_SHARDS, memberOfShard(permit))
  redis.call('ZREM', PERMITS_REFUSED, permit.id)
end

-- How many permits may have been used at that moment or later, without the released.
local function usedSince(since)
  return redis.call('ZCOUNT', PERMITS_USABLE, whole(since), '+inf')
end

-- The permit while it can be confirmed or released; nil when it is unknown or forgotten.
local function findToSettle(id)
  local permit = findPermit(id)
  return permit and usedBy(permit) >= now - PERMIT_KEEP and permit or nil
end

-- Drops up to 100 permits that are needed no more.
local function dropOldPermits()
  local oldest = now - math.max(PERMIT_KEEP, rules.crashLoop.window)
  local granted = redis.call('ZRANGE', PERMITS_GRANTED, '-inf', '(' .. whole(oldest), 'BYSCORE', 'LIMIT', 0, 100)
  for _, id in ipairs(granted) do
    local permit = findPermit(id)
    -- A permit that was pending for long may have been used since.
    if not permit or usedBy(permit) < oldest then
      if permit then
        uncount(permit)
      end
      redis.call('HDEL', PERMITS, id)
      redis.call('ZREM', PERMITS_GRANTED, id)
    end
  end
end

-- When a throttled shard may go, as throttledUntil in libs/identify-limiter/src/rules.ts; nil when it is not throttled.
local function throttledUntil(state, shard)
  if shard == NONE or state.remaining > rules.crashLoop.below * state.total then
    return nil
  end
  local nth = rules.crashLoop.burst - 1
  local member = redis.call('ZRANGE', PERMITS_OF_SHARDS, shard, shard, 'BYSCORE', 'REV', 'LIMIT', nth, 1)[1]
  if member then
    local untilThen = grantedAtOfMember(member) + rules.crashLoop.window
    return untilThen > now and untilThen or nil
  end
end
