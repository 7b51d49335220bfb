-- Ranks, as text that sorts as they do: "0" for high or "1" for normal priority, when it joined, its ticket, the numbers
-- with 16 digits each. Held by an entry, or kept as the place of a shard that left.
--
-- ENTRIES      hash: entry -> rank|shard|replica
-- HOLDERS      hash: ticket -> entry
-- WAITING      sorted set: entry, by shard
-- PLACES       sorted set: rank|shard, by shard; of one shard in rank order
-- PLACES_LEFT  sorted set: the same, by when it was left

local RANK = '^%d:(%d+):(%d+)'

local function ticketOf(rank)
  local _, ticket = string.match(rank, RANK)
  return ticket
end

local function withPriority(rank, priority)
  return (priority == 'high' and '0' or '1') .. string.sub(rank, 2)
end

-- A rank behind all others. Tickets go on from the time, so that none comes twice even after the counter was lost.
local function newRank(priority)
  local last = tonumber(redis.call('HGET', BOT, 'ticket') or 0)
  local ticket = math.max(last + 1, now)
  redis.call('HSET', BOT, 'ticket', whole(ticket))
  return withPriority(string.format('_:%016.0f:%016.0f', now, ticket), priority)
end

local function hold(entry, rank, shard)
  redis.call('HSET', ENTRIES, entry, rank .. '|' .. shard .. '|' .. replica)
  redis.call('HSET', HOLDERS, ticketOf(rank), entry)
  redis.call('ZADD', WAITING, shard, entry)
end

-- What the entry holds: its rank and shard; nil when it holds none.
local function heldBy(entry)
  local held = redis.call('HGET', ENTRIES, entry)
  if held then
    return string.match(held, '^([^|]+)|([^|]+)|')
  end
end

-- The entry holds no rank any more. Returns the one it held, and its shard.
local function drop(entry)
  local rank, shard = heldBy(entry)
  if rank then
    redis.call('HDEL', ENTRIES, entry)
    redis.call('HDEL', HOLDERS, ticketOf(rank))
    redis.call('ZREM', WAITING, entry)
  end
  return rank, shard
end

local function removePlace(place)
  redis.call('ZREM', PLACES, place)
  redis.call('ZREM', PLACES_LEFT, place)
end

local function dropExpiredPlaces()
  local oldest = whole(now - rules.placeTtl)
  for _, place in ipairs(redis.call('ZRANGE', PLACES_LEFT, '-inf', oldest, 'BYSCORE', 'LIMIT', 0, 1000)) do
    removePlace(place)
  end
end

-- Keeps the rank as its shard's place; of too many places those go that were left longest ago.
local function keepPlace(rank, shard, leftAt)
  local place = rank .. '|' .. shard
  redis.call('ZADD', PLACES, shard, place)
  redis.call('ZADD', PLACES_LEFT, whole(leftAt), place)
  local surplus = redis.call('ZCARD', PLACES_LEFT) - rules.maxPlaces
  if surplus > 0 then
    for _, oldest in ipairs(redis.call('ZRANGE', PLACES_LEFT, 0, surplus - 1)) do
      removePlace(oldest)
    end
  end
  -- Requests that name no shard take places as they come.
  if tonumber(shard) ~= NONE and redis.call('ZCOUNT', WAITING, shard, shard) > 0 then
    announcePlace(tonumber(shard))
  end
end

-- The first in line of the shard's places, and its rank.
local function firstPlace(shard)
  local place = redis.call('ZRANGE', PLACES, shard, shard, 'BYSCORE', 'LIMIT', 0, 1)[1]
  if place then
    return place, string.match(place, '^([^|]+)')
  end
end

-- Whether the rank is kept for the shard, under whatever priority.
local function isPlace(rank, shard)
  for _, priority in ipairs({ 'high', 'normal' }) do
    if redis.call('ZSCORE', PLACES_LEFT, withPriority(rank, priority) .. '|' .. shard) then
      return true
    end
  end
  return false
end

-- Whether somebody else has this rank: another entry, or the shard as its place. One that nobody knows may have been
-- lost with the data, and is taken for the entry's.
local function isWithheldFrom(entry, rank, shard)
  local holder = redis.call('HGET', HOLDERS, ticketOf(rank))
  if holder then
    return holder ~= entry
  end
  return isPlace(rank, shard)
end

-- Makes a place of a rank that had been used up, unless somebody has it.
local function restore(rank, shard)
  if redis.call('HEXISTS', HOLDERS, ticketOf(rank)) == 0 and not isPlace(rank, shard) then
    keepPlace(rank, shard, now)
  end
end
