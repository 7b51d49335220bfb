--- @include "input"
--- @include "numbers"

-- The margin, which may have grown beyond what is set. What each function does, and why, stands in
-- libs/identify-limiter/src/margin.ts.
--
-- BOT: hash
--   margin, margin_at   how large it had grown when a refusal was last seen; empty when it is what is set
--
-- state  the bot's, or as much of it as loadMargin reads

local function loadMargin()
  local margin, at = unpack(redis.call('HMGET', BOT, 'margin', 'margin_at'))
  return { margin = tonumber(margin), margin_at = tonumber(at) }
end

local function saveMargin(state)
  redis.call('HSET', BOT, 'margin', state.margin and whole(state.margin) or '',
    'margin_at', state.margin_at and whole(state.margin_at) or '')
end

-- The margin for a permit whose time ended at that moment.
local function marginFor(state, from)
  if not state.margin then
    return rules.margin
  end
  local steps = math.max(math.floor((from - state.margin_at) / MARGIN_BACK), 0)
  return math.max(rules.margin, state.margin - steps * MARGIN_STEP)
end

-- When the margin is back at what is set, if no refusal is seen until then.
local function marginBackAt(state)
  return state.margin_at + math.ceil((state.margin - rules.margin) / MARGIN_STEP) * MARGIN_BACK
end

-- The margin after a refusal that is seen now: afterRefusal.
local function growMargin(state, isAlone, now)
  local before = marginFor(state, now)
  local margin = isAlone and before or math.max(before, math.min(before + MARGIN_STEP, MAX_MARGIN))
  -- A margin that is set to 0 is turned off.
  local hasGrown = rules.margin > 0 and margin > rules.margin
  state.margin = hasGrown and margin or nil
  state.margin_at = hasGrown and now or nil
end
