--- @include "clock"

-- The operators' pauses.
--
-- PAUSES: hash, bucket (NONE for the whole bot) -> msgpack of { reason, by, since, ends }; ends is nil for not by itself.
-- A pause that has ended stays until the next pause of its bot.

local function unpackPause(stored)
  local pause = cmsgpack.unpack(stored)
  return (not pause.ends or pause.ends > now) and pause or nil
end

-- The pause of exactly this scope; nil when none holds.
local function pauseOf(bucket)
  local stored = redis.call('HGET', PAUSES, bucket)
  return stored and unpackPause(stored) or nil
end

-- Whether a pause covers the bucket, and when the last that does ends; nil for not by itself.
local function pausedUntil(bucket)
  local covered, last = false, 0
  for _, stored in ipairs(redis.call('HMGET', PAUSES, NONE, bucket)) do
    local pause = stored and unpackPause(stored)
    if pause then
      if not pause.ends then
        return true, nil
      end
      covered, last = true, math.max(last, pause.ends)
    end
  end
  return covered, last
end

-- The pause as a caller gets it. Moments are text: JSON would round them.
local function toPause(bucket, pause)
  return {
    bucket = bucket ~= NONE and bucket or cjson.null,
    reason = pause.reason,
    by = pause.by,
    since = whole(pause.since),
    ['until'] = pause.ends and whole(pause.ends) or cjson.null,
  }
end
