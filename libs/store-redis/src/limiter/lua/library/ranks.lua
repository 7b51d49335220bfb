--- @include "clock"
--- @include "permits"

-- The ranks that entries hold. A rank is text that sorts as ranks do (src/limiter/rank-text.ts): "0" for high or "1" for
-- normal priority, when the shard joined, the ticket; the numbers with 16 digits each.
--
-- ENTRIES      hash: entry -> rank|shard|replica
-- HOLDERS      hash: ticket -> entry
-- WAITING      sorted set: entry, by shard
-- BOT: hash
--   ticket     the last that was handed out

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

-- The rank that would be handed out next: behind all others, or as old as `joinedAt`. Tickets go on from the time, so that
-- none is handed out twice even after the last one was lost.
local function nextRank(priority, joinedAt)
  local last = tonumber(redis.call('HGET', BOT, 'ticket') or 0)
  return withPriority(priority, string.format('%016.0f:%016.0f', joinedAt, math.max(last + 1, now)))
end

local function holdRank(entry, rank, shard)
  redis.call('HSET', ENTRIES, entry, rank .. '|' .. shard .. '|' .. replica)
  redis.call('HSET', HOLDERS, ticketOf(rank), entry)
  redis.call('ZADD', WAITING, shard, entry)
end

-- Hands out what nextRank() came to.
local function holdNewRank(entry, rank, shard)
  redis.call('HSET', BOT, 'ticket', ticketOf(rank))
  holdRank(entry, rank, shard)
end

-- What the entry holds: its rank and shard. Nil when it holds none.
local function heldBy(entry)
  local held = redis.call('HGET', ENTRIES, entry)
  if held then
    return string.match(held, '^([^|]+)|([^|]+)|')
  end
end

-- Drops the entry with its rank, if it holds one.
local function dropRank(entry)
  local rank = heldBy(entry)
  if rank then
    redis.call('HDEL', ENTRIES, entry)
    redis.call('HDEL', HOLDERS, ticketOf(rank))
    redis.call('ZREM', WAITING, entry)
  end
end

local function isShardWaiting(shard)
  return redis.call('ZCOUNT', WAITING, shard, shard) > 0
end

-- The tickets of the ranks by which the shard was granted a permit that was not released: ticket -> true.
local function usedTickets(shard)
  local used = {}
  for _, member in ipairs(redis.call('ZRANGE', PERMITS_OF_SHARDS, shard, shard, 'BYSCORE')) do
    local permit = findPermit(idOfMember(member))
    if permit then
      used[ticketOf(permit.rank)] = true
    end
  end
  return used
end

-- Read once for each shard, since a script is asked about many entries.
local usedOfShards = {}

-- Whether the shard was granted a permit by this rank that was not released.
local function isUsed(rank, shard)
  usedOfShards[shard] = usedOfShards[shard] or usedTickets(shard)
  return usedOfShards[shard][ticketOf(rank)] == true
end

-- Whether the rank was handed out before data was lost, and may be missing since.
local function mayBeLost(rank)
  return joinedAtOf(rank) < tonumber(redis.call('HGET', BOT, 'known_since') or now)
end
