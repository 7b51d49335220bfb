-- returns  JSON: the bot's limits, budget brought up to now; nil when nobody reported them
local found = findBot()
return found and cjson.encode(toLimits(found))
