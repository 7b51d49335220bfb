--- @include "closings"

-- When the bucket may have its next permit, as bucketOpensAt in libs/identify-limiter/src/steps/opening.ts.
--
-- state  the bot's, see bot.lua
local function bucketOpensAt(state, bucket)
  local latest = math.max(opensAt(state, state.known_since, 'unconfirmed'), state.settled_at or 0)
  if state.closed_from then
    latest = math.max(latest, opensAt(state, state.closed_from, state.closed_kind))
  end
  local from, kind = closingOf(bucket)
  return from and math.max(latest, opensAt(state, from, kind)) or latest
end
