-- From now on no permit is given in the scope. Replaces a pause of the same scope.
--
-- input    bucket | null, reason, by, duration | null
-- returns  JSON: the pause, { bucket | null, reason, by, since, until | null }
sweep()
local bucket = given(input.bucket)
local duration = given(input.duration)
local pause = { reason = input.reason, by = input.by, since = now, ends = duration and now + duration or nil }
redis.call('HSET', PAUSES, bucket or NONE, cmsgpack.pack(pause))
announce(bucket)
return cjson.encode(pauseAnswer(bucket or NONE, pause))
