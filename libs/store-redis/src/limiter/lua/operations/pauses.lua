-- returns  JSON: the pauses that hold now, [{ bucket | null, reason, by, age, endsIn | null }]
local pauses = {}
for _, scope in ipairs(redis.call('HKEYS', PAUSES)) do
  local bucket = tonumber(scope)
  local pause = pauseOf(bucket)
  if pause then
    pauses[#pauses + 1] = {
      bucket = bucket ~= NONE and bucket or cjson.null,
      reason = pause.reason,
      by = pause.by,
      age = now - pause.since,
      endsIn = pause.ends and pause.ends - now or cjson.null,
    }
  end
end
return #pauses > 0 and cjson.encode(pauses) or '[]'
