--- @include "overrides"

-- Lifts a bot's override.
--
-- ARGV     bot; the version that must hold, 0 for none, empty for any
-- returns  `lifted`; `none` when no override held; `outdated` when another version holds
-- writes   OVERRIDES
local bot, expected = ARGV[1], tonumber(ARGV[2])
local before = keptOverride(bot)
if expected and expected ~= holdingVersion(before) then
  return 'outdated'
end
if not before.override then
  return 'none'
end
keepOverride(bot, { version = before.version })
return 'lifted'
