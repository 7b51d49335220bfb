--- @include "announce"
--- @include "ranks"

-- The ranks that are kept for shards whose waiters left.
--
-- PLACES       sorted set: rank without priority|shard, by shard; of one shard in the order of joining
-- PLACES_LEFT  sorted set: the same, by when it was left

-- A rank as it is kept for its shard. The entry that takes it gives it its own priority.
local function toPlace(rank, shard)
  return string.sub(rank, 3) .. '|' .. shard
end

-- Calls a command with any number of arguments, which may be pairs. Lua cannot pass on more than some thousands at once.
local function callWithAll(command, key, arguments)
  for first = 1, #arguments, 1000 do
    redis.call(command, key, unpack(arguments, first, math.min(first + 999, #arguments)))
  end
end

local function removePlaces(places)
  callWithAll('ZREM', PLACES, places)
  callWithAll('ZREM', PLACES_LEFT, places)
end

-- Drops up to 1000 places whose time is over.
local function expirePlaces()
  local oldest = whole(now - rules.placeTtl)
  removePlaces(redis.call('ZRANGE', PLACES_LEFT, '-inf', oldest, 'BYSCORE', 'LIMIT', 0, 1000))
end

-- Drops the places that are too many: those left longest ago, and of those left at once, with their replica, the ones that
-- joined last.
local function dropSurplusPlaces()
  local surplus = redis.call('ZCARD', PLACES_LEFT) - rules.maxPlaces
  while surplus > 0 do
    local oldest = redis.call('ZRANGE', PLACES_LEFT, 0, 0, 'WITHSCORES')[2]
    local last = redis.call('ZRANGE', PLACES_LEFT, oldest, oldest, 'BYSCORE', 'REV', 'LIMIT', 0, surplus)
    removePlaces(last)
    surplus = surplus - #last
  end
end

-- Keeps ranks as places: { rank, shard } each.
local function addPlaces(ranks, leftAt)
  local byShard, byTime, shards = {}, {}, {}
  for index, held in ipairs(ranks) do
    local place = toPlace(held.rank, held.shard)
    byShard[2 * index - 1], byShard[2 * index] = held.shard, place
    byTime[2 * index - 1], byTime[2 * index] = whole(leftAt), place
    shards[tonumber(held.shard)] = true
  end
  callWithAll('ZADD', PLACES, byShard)
  callWithAll('ZADD', PLACES_LEFT, byTime)
  dropSurplusPlaces()
  -- An entry that names no shard takes such a place whenever it enters, so none has to be told.
  shards[NONE] = nil
  for shard in pairs(shards) do
    if isShardWaiting(shard) then
      announcePlace(shard)
    end
  end
end

-- Makes places of what these entries hold. Returns the entries that hold nothing.
local function leavePlaces(entries, leftAt)
  local holding, tickets, ranks, others = {}, {}, {}, {}
  for _, entry in ipairs(entries) do
    local rank, shard = heldBy(entry)
    if rank then
      holding[#holding + 1] = entry
      tickets[#tickets + 1] = ticketOf(rank)
      ranks[#ranks + 1] = { rank = rank, shard = shard }
    else
      others[#others + 1] = entry
    end
  end
  callWithAll('HDEL', ENTRIES, holding)
  callWithAll('HDEL', HOLDERS, tickets)
  callWithAll('ZREM', WAITING, holding)
  addPlaces(ranks, leftAt)
  return others
end

-- The shard's place that joined first, and the rank that an entry of this priority gets by it; nil when there is none. With
-- any other place, an entry that enters again because a reply was lost could take a second, better one.
local function firstPlace(shard, priority)
  local place = redis.call('ZRANGE', PLACES, shard, shard, 'BYSCORE', 'LIMIT', 0, 1)[1]
  if place then
    return place, withPriority(priority, string.match(place, '^[^|]+'))
  end
end

local function isPlace(rank, shard)
  return redis.call('ZSCORE', PLACES_LEFT, toPlace(rank, shard))
end

-- Whether the rank belongs to another entry or is a place. A rank that is not on record may have been lost with the data, and
-- counts as the entry's.
local function isWithheldFrom(entry, rank, shard)
  local holder = redis.call('HGET', HOLDERS, ticketOf(rank))
  if holder then
    return holder ~= entry
  end
  return isPlace(rank, shard)
end

-- Keeps a rank that was used up or lost as its shard's place, unless it is on record.
local function restorePlace(rank, shard)
  if redis.call('HEXISTS', HOLDERS, ticketOf(rank)) == 0 and not isPlace(rank, shard) then
    addPlaces({ { rank = rank, shard = shard } }, now)
  end
end
