-- ARGV     bot
-- returns  { version, since, override }, or nothing in it
return overrideReply(keptOverride(ARGV[1]))
