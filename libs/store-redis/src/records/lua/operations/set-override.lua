--- @include "overrides"

-- Puts an override in place of the bot's.
--
-- ARGV     bot; override; the version that must hold, 0 for none, empty for any
-- returns  { version, since, override }; empty when another version holds
-- writes   OVERRIDES
local bot, override, expected = ARGV[1], ARGV[2], tonumber(ARGV[3])
local before = keptOverride(bot)
if expected and expected ~= holdingVersion(before) then
  return {}
end
local kept = { version = following(before.version), since = now, override = override }
keepOverride(bot, kept)
return overrideReply(kept)
