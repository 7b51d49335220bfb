-- Everything about the bot but its waiters, at one moment. Moments are text: JSON would round them.
--
-- input.permits  { base, perBucket, max }: how many of the newest permits, see PermitsWanted in
--                libs/identify-limiter/src/view.ts
-- returns        { now, JSON of the limits or nil, { when each bucket opens, ... }, JSON of the pauses, JSON of the permits }
--   limits   { version, maxConcurrency, total, remaining, source, countedByDiscord, resetAt | null, reportedAt }
--   pauses   those that hold, [{ bucket | null, reason, by, since, until | null }]
--   permits  latest first, [{ id, shard | null, bucket, grantedAt, status }]

local function list(items)
  return #items > 0 and cjson.encode(items) or '[]'
end

local function momentOrNull(moment)
  return moment and whole(moment) or cjson.null
end

local function limitsOf(found)
  local limits = knownLimits(found)
  limits.resetAt = momentOrNull(found.reset_at)
  limits.reportedAt = whole(found.reported_at)
  return cjson.encode(limits)
end

local function openings(found)
  local moments = {}
  for bucket = 0, found.max_concurrency - 1 do
    moments[bucket + 1] = whole(bucketOpensAt(found, bucket))
  end
  return moments
end

local function pauses()
  local held = {}
  for _, scope in ipairs(redis.call('HKEYS', PAUSES)) do
    local bucket = tonumber(scope)
    local pause = pauseOf(bucket)
    if pause then
      held[#held + 1] = pauseAnswer(bucket, pause)
    end
  end
  return held
end

local function statusOf(permit)
  if permit.back then
    return 'released'
  end
  if permit.confirmed then
    return 'confirmed'
  end
  if not permit.confirmBy then
    return 'granted'
  end
  return permit.confirmBy > now and 'pending' or 'expired'
end

local function latestPermits(count)
  local permits = {}
  if count == 0 then
    return permits
  end
  for index, id in ipairs(redis.call('ZRANGE', PERMITS_GIVEN, 0, count - 1, 'REV')) do
    local permit = findPermit(id)
    permits[index] = {
      id = id,
      shard = permit.shard ~= NONE and permit.shard or cjson.null,
      bucket = permit.bucket,
      grantedAt = whole(permit.given),
      status = statusOf(permit),
    }
  end
  return permits
end

local found = findBot()
local wanted = input.permits
local count = math.min(wanted.base + wanted.perBucket * (found and found.max_concurrency or 0), wanted.max)
return {
  whole(now),
  found and limitsOf(found) or false,
  found and openings(found) or {},
  list(pauses()),
  list(latestPermits(count)),
}
