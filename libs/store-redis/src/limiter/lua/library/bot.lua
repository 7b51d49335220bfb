--- @include "budget"

-- A bot's limits and budget: BotState in libs/identify-limiter/src/steps/state.ts.
--
-- BOT: hash
--   version, max_concurrency, discord_max_concurrency, source, reported_at, from_discord   as last reported
--   total, remaining, reset_at, counts_from, charged_until        the budget
--   closed_from, closed_kind   how the last bucket to open was closed when max_concurrency changed
--   settled_at                 when every replica has reported its heads of the buckets that are new
--   known_since, history       since when nothing can be missing, and the server's history that vouches for it
--   margin, margin_at          see margin.lua
--   lost_at                    when that history changed last: permits of before may be missing
--   ticket                     see ranks.lua
--   leader                     see heartbeat.lua
--   seen, offset               see clock.lua

local FIELDS = { 'version', 'max_concurrency', 'discord_max_concurrency', 'source', 'reported_at', 'from_discord',
  'total', 'remaining', 'reset_at', 'counts_from', 'charged_until', 'closed_from', 'closed_kind', 'settled_at',
  'known_since', 'history', 'lost_at', 'margin', 'margin_at' }
local TEXTS = { source = true, closed_kind = true, history = true }

-- The bot with its budget brought up to now; nil when its limits were never reported. Writes nothing.
local function currentBot()
  local values = redis.call('HMGET', BOT, unpack(FIELDS))
  if not values[1] then
    return nil
  end
  local state = {}
  for index, field in ipairs(FIELDS) do
    local value = values[index]
    if value and value ~= '' then
      state[field] = TEXTS[field] and value or tonumber(value)
    end
  end
  refill(state)
  return state
end

local function saveBot(state)
  local values = {}
  for _, field in ipairs(FIELDS) do
    local value = state[field]
    if type(value) == 'number' then
      value = whole(value)
    end
    values[#values + 1] = field
    values[#values + 1] = value or ''
  end
  redis.call('HSET', BOT, unpack(values))
end

-- The limits without their times, as a caller gets them.
local function timelessLimits(state)
  return {
    version = state.version,
    maxConcurrency = state.max_concurrency,
    discordMaxConcurrency = nilToNull(state.discord_max_concurrency),
    total = state.total,
    remaining = math.max(state.remaining, 0),
    source = state.source,
    countedByDiscord = state.from_discord == 1,
  }
end

-- The limits with their duration from now, as a caller gets them.
local function toLimits(state)
  local limits = timelessLimits(state)
  limits.resetIn = nilToNull(state.reset_at and state.reset_at - now)
  return limits
end
