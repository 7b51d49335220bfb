-- The bot's limits and budget. What the budget's functions do, and why, stands in libs/identify-limiter/src/budget.ts.
--
-- BOT: hash
--   version, max_concurrency, source, reported_at, from_discord   as last reported
--   total, remaining, reset_at, counts_from, counts_by            the budget
--   closed_from, closed_kind   how the last bucket to open was closed when max_concurrency changed
--   settled_at                 when all replicas will have told their heads of these buckets
--   known_since, history       since when nothing can have been lost, and the server's history that vouches for it
--   ticket                     the last that was handed out
--   leader                     the replica that asks Discord for the limits
--   seen, offset               see clock.lua

local FIELDS = { 'version', 'max_concurrency', 'source', 'reported_at', 'from_discord', 'total', 'remaining', 'reset_at',
  'counts_from', 'counts_by', 'closed_from', 'closed_kind', 'settled_at', 'known_since', 'history' }
local TEXTS = { source = true, counts_by = true, closed_kind = true, history = true }

local SESSION_WINDOW = 24 * 60 * 60 * 1000000
local UNCOUNTED = 10 * 1000000
local RESET_SLACK = 1000000

-- The bot, its budget brought up to now; nil when its limits were never reported.
local function findBot()
  local values = redis.call('HMGET', BOT, unpack(FIELDS))
  if not values[1] then
    return nil
  end
  local found = {}
  for index, field in ipairs(FIELDS) do
    local value = values[index]
    if value and value ~= '' then
      found[field] = TEXTS[field] and value or tonumber(value)
    end
  end
  if found.reset_at and found.reset_at <= now then
    found.remaining = found.total
    found.counts_from = found.reset_at
    found.counts_by = 'grant'
    found.reset_at = nil
  end
  return found
end

local function saveBot(changed)
  local values = {}
  for _, field in ipairs(FIELDS) do
    local value = changed[field]
    if type(value) == 'number' then
      value = whole(value)
    end
    values[#values + 1] = field
    values[#values + 1] = value or ''
  end
  redis.call('HSET', BOT, unpack(values))
end

-- Takes one start.
local function spend(found)
  found.remaining = found.remaining - 1
  found.reset_at = found.reset_at or now + SESSION_WINDOW
end

-- Puts back the start of a permit that was not used, if it was taken off this budget.
local function refund(found, givenAt, usedBy)
  local at = found.counts_by == 'use' and usedBy or givenAt
  if at >= found.counts_from then
    found.remaining = math.min(found.remaining + 1, found.total)
  end
end

-- What may still be started: now, in each window, and when the next one begins.
local function startsOf(found)
  return {
    left = math.max(found.remaining - rules.reserve, 0),
    perWindow = math.max(found.total - rules.reserve, 0),
    resetIn = found.reset_at and found.reset_at - now or cjson.null,
  }
end

-- The limits as a caller gets them.
local function toLimits(found)
  return {
    version = found.version,
    maxConcurrency = found.max_concurrency,
    total = found.total,
    remaining = math.max(found.remaining, 0),
    resetIn = found.reset_at and found.reset_at - now or cjson.null,
    source = found.source,
    countedByDiscord = found.from_discord == 1,
    age = now - found.reported_at,
  }
end
