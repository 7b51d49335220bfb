-- The replica that holds the entry's request is to end it.
--
-- input.entry
-- returns      1; 0 when no such entry waits
sweep()
if not heldBy(input.entry) then
  return 0
end
redis.call('PUBLISH', channel, cjson.encode({ bot = bot, evicted = input.entry }))
return 1
