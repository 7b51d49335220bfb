-- The permits that may have been used in the last hour, or as far as throttling looks back.
--
-- PERMITS            hash: id -> msgpack
-- PERMITS_GIVEN      sorted set: id, by when it was given
-- PERMITS_USABLE     sorted set: id, by the end of the time in which it may be used; without those released
-- PERMITS_OF_SHARDS  sorted set: when|id, by shard; of one shard the latest last; without those released

-- How long after its use a permit is forgotten, however much longer it is stored: longer than any answer can be late and
-- than a release takes.
local KEEP = 60 * 60 * 1000000

local function findPermit(id)
  local stored = redis.call('HGET', PERMITS, id)
  return stored and cmsgpack.unpack(stored)
end

local function savePermit(permit)
  redis.call('HSET', PERMITS, permit.id, cmsgpack.pack(permit))
end

local function memberOfShard(permit)
  return string.format('%016.0f|%s', permit.given, permit.id)
end

-- The id of the permit that a member of PERMITS_OF_SHARDS stands for.
local function idOfMember(member)
  return string.sub(member, 18)
end

-- The end of the time in which it may be used.
local function usedBy(permit)
  return permit.confirmed or permit.confirmBy or permit.given
end

local function recordPermit(permit)
  savePermit(permit)
  redis.call('ZADD', PERMITS_GIVEN, whole(permit.given), permit.id)
  redis.call('ZADD', PERMITS_USABLE, whole(usedBy(permit)), permit.id)
  redis.call('ZADD', PERMITS_OF_SHARDS, permit.shard, memberOfShard(permit))
end

-- The permit's session start does not count any more.
local function uncount(permit)
  redis.call('ZREM', PERMITS_USABLE, permit.id)
  redis.call('ZREM', PERMITS_OF_SHARDS, memberOfShard(permit))
end

-- How many permits may have been used at that moment or later, less those released.
local function usedSince(since)
  return redis.call('ZCOUNT', PERMITS_USABLE, whole(since), '+inf')
end

-- The permit, unless it is unknown or forgotten: then it can be neither confirmed nor released any more.
local function findToSettle(id)
  local permit = findPermit(id)
  return permit and usedBy(permit) >= now - KEEP and permit or nil
end

local function dropOldPermits()
  local oldest = now - math.max(KEEP, rules.crashLoop.window)
  local given = redis.call('ZRANGE', PERMITS_GIVEN, '-inf', '(' .. whole(oldest), 'BYSCORE', 'LIMIT', 0, 100)
  for _, id in ipairs(given) do
    local permit = findPermit(id)
    -- One that was awaited for long may have been used since.
    if not permit or usedBy(permit) < oldest then
      if permit then
        uncount(permit)
      end
      redis.call('HDEL', PERMITS, id)
      redis.call('ZREM', PERMITS_GIVEN, id)
    end
  end
end

-- When a throttled shard may go; nil when it is not throttled. See libs/identify-limiter/src/rules.ts.
local function throttledUntil(found, shard)
  if shard == NONE or found.remaining > rules.crashLoop.below * found.total then
    return nil
  end
  local nth = rules.crashLoop.burst - 1
  local member = redis.call('ZRANGE', PERMITS_OF_SHARDS, shard, shard, 'BYSCORE', 'REV', 'LIMIT', nth, 1)[1]
  if member then
    local untilThen = tonumber(string.sub(member, 1, 16)) + rules.crashLoop.window
    return untilThen > now and untilThen or nil
  end
end

-- The permit as a caller gets it.
local function toAnswer(permit)
  return {
    granted = true,
    id = permit.id,
    bot = bot,
    shard = permit.shard ~= NONE and permit.shard or cjson.null,
    bucket = permit.bucket,
    confirmWithin = permit.confirmBy and math.max(permit.confirmBy - now, 0) or cjson.null,
  }
end
