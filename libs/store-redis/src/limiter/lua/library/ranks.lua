-- Ranks, as text that sorts as they do: "0" for high or "1" for normal priority, when it joined, its ticket, the numbers
-- with 16 digits each. Held by an entry, or kept as the place of a shard that left.
--
-- ENTRIES      hash: entry -> rank|shard|replica
-- HOLDERS      hash: ticket -> entry
-- WAITING      sorted set: entry, by shard
-- PLACES       sorted set: rank without priority|shard, by shard; of one shard in the order of joining
-- PLACES_LEFT  sorted set: the same, by when it was left

local RANK = '^%d:(%d+):(%d+)'

local function ticketOf(rank)
  local _, ticket = string.match(rank, RANK)
  return ticket
end

local function joinedAtOf(rank)
  return tonumber((string.match(rank, RANK)))
end

local function withPriority(priority, rest)
  return (priority == 'high' and '0:' or '1:') .. rest
end

-- A rank behind all others; of those that joined then, when `joined` is given. Tickets go on from the time, so that none
-- comes twice even after the counter was lost.
local function newRank(priority, joined)
  local last = tonumber(redis.call('HGET', BOT, 'ticket') or 0)
  local ticket = math.max(last + 1, now)
  redis.call('HSET', BOT, 'ticket', whole(ticket))
  return withPriority(priority, string.format('%016.0f:%016.0f', joined or now, ticket))
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

-- The entry holds no rank any more.
local function drop(entry)
  local rank = heldBy(entry)
  if rank then
    redis.call('HDEL', ENTRIES, entry)
    redis.call('HDEL', HOLDERS, ticketOf(rank))
    redis.call('ZREM', WAITING, entry)
  end
end

-- As what the rank is kept for its shard. Who takes it has a priority of its own.
local function toPlace(rank, shard)
  return string.sub(rank, 3) .. '|' .. shard
end

-- Calls a command with any number of arguments, in pairs as the case may be. Lua cannot pass on so many at once.
local function callWithAll(command, key, arguments)
  for first = 1, #arguments, 1000 do
    redis.call(command, key, unpack(arguments, first, math.min(first + 999, #arguments)))
  end
end

local function removePlaces(places)
  callWithAll('ZREM', PLACES, places)
  callWithAll('ZREM', PLACES_LEFT, places)
end

local function dropExpiredPlaces()
  local oldest = whole(now - rules.placeTtl)
  removePlaces(redis.call('ZRANGE', PLACES_LEFT, '-inf', oldest, 'BYSCORE', 'LIMIT', 0, 1000))
end

-- Of too many places those go that were left longest ago; of those that were left at once, with their replica, the last in
-- line.
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
local function keepPlaces(ranks, leftAt)
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
  -- Requests that name no shard take places as they come.
  shards[NONE] = nil
  for shard in pairs(shards) do
    if redis.call('ZCOUNT', WAITING, shard, shard) > 0 then
      announcePlace(shard)
    end
  end
end

-- What these entries hold is kept as their shards' places. Returns those that hold nothing.
local function leave(entries, leftAt)
  local holding, tickets, ranks, others = {}, {}, {}, {}
  for _, entry in ipairs(entries) do
    local rank, shard = heldBy(entry)
    if not rank then
      others[#others + 1] = entry
    end
    if rank then
      holding[#holding + 1] = entry
      tickets[#tickets + 1] = ticketOf(rank)
      ranks[#ranks + 1] = { rank = rank, shard = shard }
    end
  end
  callWithAll('HDEL', ENTRIES, holding)
  callWithAll('HDEL', HOLDERS, tickets)
  callWithAll('ZREM', WAITING, holding)
  keepPlaces(ranks, leftAt)
  return others
end

-- The first in line of the shard's places, and its rank for a request of this priority. With any other, to enter again when
-- the reply was lost could take a second, better one.
local function firstPlace(shard, priority)
  local place = redis.call('ZRANGE', PLACES, shard, shard, 'BYSCORE', 'LIMIT', 0, 1)[1]
  if place then
    return place, withPriority(priority, string.match(place, '^[^|]+'))
  end
end

local function isPlace(rank, shard)
  return redis.call('ZSCORE', PLACES_LEFT, toPlace(rank, shard))
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

-- Makes a place of a rank that had been used up or was lost, unless somebody has it.
local function restore(rank, shard)
  if redis.call('HEXISTS', HOLDERS, ticketOf(rank)) == 0 and not isPlace(rank, shard) then
    keepPlaces({ { rank = rank, shard = shard } }, now)
  end
end

-- Whether one of the shard's last permits was given by this rank, and not released.
local function isUsed(rank, shard)
  local last = redis.call('ZRANGE', PERMITS_OF_SHARDS, shard, shard, 'BYSCORE', 'REV', 'LIMIT', 0, 3)
  for _, member in ipairs(last) do
    local permit = findPermit(idOfMember(member))
    if permit and ticketOf(permit.rank) == ticketOf(rank) then
      return true
    end
  end
  return false
end

-- Whether the rank was given before data was lost, and may be missing since.
local function mayBeLost(rank)
  return joinedAtOf(rank) < tonumber(redis.call('HGET', BOT, 'known_since') or now)
end
