--- @include "bot"

-- returns  JSON: the bot's limits, budget brought up to now; nil when they were never reported
-- writes   nothing
local state = currentBot()
return state and cjson.encode(toLimits(state))
