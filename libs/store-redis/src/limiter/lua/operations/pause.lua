--- @include "announce"
--- @include "begin"
--- @include "pauses"

-- From now on no permit is given in the scope. Replaces a pause of the same scope, and drops those that have ended. Mirrors
-- libs/identify-limiter/src/steps/pause.ts.
--
-- input    bucket | null, reason, by, duration | null
-- returns  JSON: the pause, { bucket | null, reason, by, since, until | null }
-- writes   PAUSES
begin()
for _, scope in ipairs(redis.call('HKEYS', PAUSES)) do
  if not pauseOf(scope) then
    redis.call('HDEL', PAUSES, scope)
  end
end
local bucket = nullToNil(input.bucket)
local duration = nullToNil(input.duration)
local pause = { reason = input.reason, by = input.by, since = now, ends = duration and now + duration or nil }
redis.call('HSET', PAUSES, bucket or NONE, cmsgpack.pack(pause))
announceOpportunity(bucket)
return cjson.encode(toPause(bucket or NONE, pause))
