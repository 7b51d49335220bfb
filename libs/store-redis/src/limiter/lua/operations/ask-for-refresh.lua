--- @include "announce"
--- @include "begin"

-- Asks the leader to refresh the bot's limits.
--
-- writes  nothing of its own
begin()
publish({ refresh = true })
