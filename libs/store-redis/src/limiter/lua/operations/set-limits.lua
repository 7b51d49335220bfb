--- @include "announce"
--- @include "begin"
--- @include "lost-data"
--- @include "closings"

-- Takes over what was learned of the bot's limits. Mirrors libs/identify-limiter/src/steps/set-limits.ts.
--
-- input    maxConcurrency, discordMaxConcurrency | null, total, source, budget { remaining, resetIn, askedAgo } | null
-- returns  JSON: the limits from now on
-- writes   BOT, BUCKETS, HEADS
begin()

local function firstReport()
  return { version = 0, counts_from = now, remaining = input.total, known_since = now,
    history = historyOfServer() }
end

local before = currentBot()
local state = before or firstReport()

-- New buckets: each opens no earlier than the last of the old ones.
if not before or before.max_concurrency ~= input.maxConcurrency then
  state.closed_from, state.closed_kind = longestClosing(state, state.closed_from, state.closed_kind)
  -- Goes on from the time in ms, so that no version comes twice even after the data was lost.
  state.version = math.max(state.version + 1, math.floor(now / 1000))
  state.settled_at = haveSeveralHeads() and now + SETTLE or nil
  redis.call('DEL', BUCKETS, HEADS)
end

local budget = nullToNil(input.budget)
if budget then
  local since = now - budget.askedAgo - UNCOUNTED
  state.remaining = budget.remaining - usedSince(since)
  if state.lost_at and state.lost_at > since then
    -- Each bucket may have had one permit that is not on record, and that Discord has not counted.
    state.remaining = state.remaining - (state.max_concurrency or 0)
  end
  -- Discord says 0 of a window that has not begun.
  state.reset_at = budget.resetIn > 0 and now + budget.resetIn + RESET_SLACK or nil
  state.counts_from = since
  state.charged_until = nil
  state.from_discord = 1
elseif before then
  state.remaining = state.remaining + input.total - before.total
end
state.max_concurrency = input.maxConcurrency
state.discord_max_concurrency = nullToNil(input.discordMaxConcurrency)
state.total = input.total
state.source = input.source
state.reported_at = now
saveBot(state)
announceOpportunity(nil)
return cjson.encode(toLimits(state))
