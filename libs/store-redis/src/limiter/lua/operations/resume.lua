--- @include "announce"
--- @include "begin"
--- @include "pauses"

-- Lifts the pause of exactly this scope. Mirrors resume in libs/identify-limiter/src/steps/pause.ts.
--
-- input.bucket  null for the whole bot
-- returns       1; 0 when none held
-- writes        PAUSES
begin()
local bucket = nullToNil(input.bucket)
local held = pauseOf(bucket or NONE)
redis.call('HDEL', PAUSES, bucket or NONE)
if not held then
  return 0
end
announceOpportunity(bucket)
return 1
