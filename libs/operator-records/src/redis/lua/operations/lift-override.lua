-- ARGV     bot
-- returns  1; 0 when there was none
local before = keptOverride(ARGV[1])
if not before.override then
  return 0
end
keepOverride(ARGV[1], { version = before.version })
return 1
