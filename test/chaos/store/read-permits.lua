-- Reads a bot's permits and limits straight from the keys of the store, without the limiter's own scripts.
--
-- KEYS     bot, permits, permits-granted
-- ARGV[1]  only permits that were granted at this moment or later, in microseconds
-- returns  JSON, numbers as text: { now, maxConcurrency, version, permits: [[id, bucket, shard, grantedAt, confirmBy, confirmedAt, released]] }
local function text(number)
  return number and string.format('%.0f', number) or ''
end

local time = redis.call('TIME')
local bot = redis.call('HMGET', KEYS[1], 'offset', 'max_concurrency', 'version')
local permits = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[3], ARGV[1], '+inf', 'BYSCORE')) do
  local permit = cmsgpack.unpack(redis.call('HGET', KEYS[2], id))
  permits[#permits + 1] = { id, text(permit.bucket), text(permit.shard), text(permit.grantedAt), text(permit.confirmBy),
    text(permit.confirmedAt), permit.released and '1' or '' }
end
return cjson.encode({
  now = text(tonumber(time[1]) * 1000000 + tonumber(time[2]) + tonumber(bot[1] or 0)),
  maxConcurrency = bot[2] or '',
  version = bot[3] or '',
  permits = #permits > 0 and permits or nil,
})
