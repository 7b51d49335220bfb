--- @include "clock"
--- @include "heads"
--- @include "places"

-- The replicas that live, as in libs/identify-limiter/src/steps/replicas.ts.
--
-- REPLICAS     sorted set: replica, by when it was last heard of
-- CONNECTIONS  hash: replica -> number of its newest connection that was used
-- ON_RECORD    see heartbeat.lua

-- Whether no replica wrote for half the time after which one is dead. Each writes several times as often, so the server was
-- away, or its clock was set forward.
local function wasServerAway()
  return silence() > DEAD_AFTER / 2
end

-- A dead replica's waiters become places that were left at `leftAt`, and its heads hold up no other replica any more.
local function reap(dead, leftAt)
  redis.call('ZREM', REPLICAS, dead)
  redis.call('HDEL', ON_RECORD, dead)
  redis.call('HDEL', CONNECTIONS, dead)
  dropHeads(dead)
  local entries = redis.call('HGETALL', ENTRIES)
  local held = {}
  for index = 1, #entries, 2 do
    if string.match(entries[index + 1], '|([^|]*)$') == dead then
      held[#held + 1] = entries[index]
    end
  end
  leavePlaces(held, leftAt)
  announceOpportunity(nil)
end

local function hear(name)
  redis.call('ZADD', REPLICAS, whole(now), name)
end

-- Reaps the replicas that have been silent for too long.
local function reapDead()
  local limit = '(' .. whole(now - DEAD_AFTER)
  for _, dead in ipairs(redis.call('ZRANGE', REPLICAS, '-inf', limit, 'BYSCORE')) do
    local lastSeen = tonumber(redis.call('ZSCORE', REPLICAS, dead))
    reap(dead, lastSeen + DEAD_AFTER)
  end
end

-- While the server was away no replica could be heard of, so all of them count as heard of now.
local function excuseSilence()
  if wasServerAway() then
    for _, known in ipairs(redis.call('ZRANGE', REPLICAS, 0, -1)) do
      hear(known)
    end
  end
end

-- The replica that asks lives, and dead ones are reaped: hearReplica, with reap.
local function hearReplica()
  excuseSilence()
  hear(replica)
  reapDead()
end
