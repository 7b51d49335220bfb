-- Lifts the pause of exactly this scope.
--
-- input.bucket  null for the whole bot
-- returns       1; 0 when there was none
sweep()
local bucket = given(input.bucket)
local lifted = pauseOf(bucket or NONE) and redis.call('HDEL', PAUSES, bucket or NONE) or 0
if lifted == 1 then
  announce(bucket)
end
return lifted
