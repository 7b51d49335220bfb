-- The operators' pauses.
--
-- PAUSES: hash, bucket (-1 for the whole bot) -> msgpack

local function pauseOf(bucket)
  local stored = redis.call('HGET', PAUSES, bucket)
  if not stored then
    return nil
  end
  local pause = cmsgpack.unpack(stored)
  if pause.ends and pause.ends <= now then
    redis.call('HDEL', PAUSES, bucket)
    return nil
  end
  return pause
end

-- Whether a pause covers the bucket, and when the last that does ends; nil for not by itself.
local function pausedUntil(bucket)
  local covered, last = false, 0
  for _, pause in ipairs({ pauseOf(NONE) or false, pauseOf(bucket) or false }) do
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
local function pauseAnswer(bucket, pause)
  return {
    bucket = bucket ~= NONE and bucket or cjson.null,
    reason = pause.reason,
    by = pause.by,
    since = whole(pause.since),
    ['until'] = pause.ends and whole(pause.ends) or cjson.null,
  }
end
