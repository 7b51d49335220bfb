--- @include "permits"

-- The session starts of a bot. What each function does, and why, stands in libs/identify-limiter/src/budget.ts.
--
-- state  the bot's, see bot.lua

-- Refills a budget whose reset has come, but for the permits that may be used in the new window: budgetAt. Until the bot is
-- saved this is worked out anew each time, so an operation that changes a permit reads the bot before.
local function refill(state)
  local ends = state.reset_at or state.charged_until
  if not ends or ends > now then
    return
  end
  state.counts_from = ends - RESET_SLACK
  local charged = usedSince(state.counts_from)
  state.remaining = state.total - charged
  state.reset_at = nil
  state.charged_until = charged > 0 and ends + 2 * SESSION_WINDOW or nil
  refill(state)
end

-- Takes one start, which is made by then.
local function spend(state, madeBy)
  state.remaining = state.remaining - 1
  state.reset_at = state.reset_at or madeBy + SESSION_WINDOW
  state.charged_until = nil
end

-- Puts back the start of a permit that was not used, if it was taken off this budget.
local function refund(state, permit)
  if usedBy(permit) >= state.counts_from then
    state.remaining = math.min(state.remaining + 1, state.total)
  end
end

-- Takes the start of a permit that is confirmed now, if its time was over too early to be counted.
local function countConfirmed(state, permit)
  if usedBy(permit) < state.counts_from then
    spend(state, now)
  end
end

-- The starts that may still be given: now, in each window, and the time until the next window.
local function startsOf(state)
  return {
    left = math.max(state.remaining - rules.reserve, 0),
    perWindow = math.max(state.total - rules.reserve, 0),
    resetIn = nilToNull(state.reset_at and state.reset_at - now),
  }
end
