--- @include "overrides"

-- ARGV     bot
-- returns  { version, since, override }; empty when no override holds
-- writes   nothing
return overrideReply(keptOverride(ARGV[1]))
