-- The bot's limits and budget. What the budget's functions do, and why, stands in libs/identify-limiter/src/budget.ts.
--
-- BOT: hash
--   version, max_concurrency, source, reported_at, from_discord   as last reported
--   total, remaining, reset_at, counts_from, charged_until        the budget
--   closed_from, closed_kind   how the last bucket to open was closed when max_concurrency changed
--   settled_at                 when all replicas will have told their heads of these buckets
--   known_since, history       since when nothing can have been lost, and the server's history that vouches for it
--   lost_at                    when that history changed last: permits of before may be missing
--   ticket                     the last that was handed out
--   leader                     the replica that asks Discord for the limits
--   seen, offset               see clock.lua

local FIELDS = { 'version', 'max_concurrency', 'source', 'reported_at', 'from_discord', 'total', 'remaining', 'reset_at',
  'counts_from', 'charged_until', 'closed_from', 'closed_kind', 'settled_at', 'known_since', 'history',
  'lost_at' }
local TEXTS = { source = true, closed_kind = true, history = true }

local SESSION_WINDOW = 24 * 60 * 60 * 1000000
local UNCOUNTED = 10 * 1000000
local RESET_SLACK = 1000000

-- Refills a budget whose reset has come, but for the permits that may be used in the new window. Until it is saved that
-- is worked out anew each time, so whoever changes a permit finds the bot before.
local function refill(found)
  local ends = found.reset_at or found.charged_until
  if not ends or ends > now then
    return
  end
  found.counts_from = ends - RESET_SLACK
  local charged = usedSince(found.counts_from)
  found.remaining = found.total - charged
  found.reset_at = nil
  found.charged_until = charged > 0 and ends + 2 * SESSION_WINDOW or nil
  refill(found)
end

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
  refill(found)
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

-- Takes one start, which is made by then.
local function spend(found, madeBy)
  found.remaining = found.remaining - 1
  found.reset_at = found.reset_at or madeBy + SESSION_WINDOW
  found.charged_until = nil
end

-- Puts back the start of a permit that was not used, if it was taken off this budget.
local function refund(found, permit)
  if usedBy(permit) >= found.counts_from then
    found.remaining = math.min(found.remaining + 1, found.total)
  end
end

-- Takes the start of a permit off that is confirmed now, if its time was over too early to be counted.
local function countConfirmed(found, permit)
  if usedBy(permit) < found.counts_from then
    spend(found, now)
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

-- The part of the limits that no time is in, as a caller gets it.
local function knownLimits(found)
  return {
    version = found.version,
    maxConcurrency = found.max_concurrency,
    total = found.total,
    remaining = math.max(found.remaining, 0),
    source = found.source,
    countedByDiscord = found.from_discord == 1,
  }
end

-- The limits as of now, as a caller gets them.
local function toLimits(found)
  local limits = knownLimits(found)
  limits.resetIn = found.reset_at and found.reset_at - now or cjson.null
  limits.age = now - found.reported_at
  return limits
end
