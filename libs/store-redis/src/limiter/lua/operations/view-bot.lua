--- @include "bot"
--- @include "opening"
--- @include "pauses"
--- @include "refusals"

-- Everything about the bot but its waiters, at one moment. Moments are text: JSON would round them.
--
-- input.permits  { base, perBucket, max }: how many of the newest permits, see PermitsWanted in
--                libs/identify-limiter/src/view.ts
-- returns        { now, JSON of the limits or nil, { when each bucket opens, ... }, JSON of the pauses, JSON of the permits,
--                  JSON of the margin }
--   limits   { version, maxConcurrency, discordMaxConcurrency | null, total, remaining, source, countedByDiscord,
--              resetAt | null, reportedAt }
--   pauses   those that hold, [{ bucket | null, reason, by, since, until | null }]
--   permits  latest first, [{ id, shard | null, bucket, grantedAt, status }]
--   margin   { margin, back | null, refusals }: in microseconds, and when it is what is set again
-- writes         nothing

-- cjson would write an empty table as an object.
local function toList(items)
  return #items > 0 and cjson.encode(items) or '[]'
end

local function viewLimits(state)
  local limits = timelessLimits(state)
  limits.resetAt = nilToNull(state.reset_at and whole(state.reset_at))
  limits.reportedAt = whole(state.reported_at)
  return cjson.encode(limits)
end

local function viewOpenings(state)
  local moments = {}
  for bucket = 0, state.max_concurrency - 1 do
    moments[bucket + 1] = whole(bucketOpensAt(state, bucket))
  end
  return moments
end

local function viewPauses()
  local pauses = {}
  for _, scope in ipairs(redis.call('HKEYS', PAUSES)) do
    local pause = pauseOf(scope)
    if pause then
      pauses[#pauses + 1] = toPause(tonumber(scope), pause)
    end
  end
  return pauses
end

-- As statusOf in libs/identify-limiter/src/steps/permit.ts.
local function statusOf(permit)
  if permit.released then
    return 'released'
  end
  if permit.confirmedAt then
    return 'confirmed'
  end
  if not permit.confirmBy then
    return 'granted'
  end
  return permit.confirmBy > now and 'pending' or 'expired'
end

local function viewPermits(count)
  local permits = {}
  if count == 0 then
    return permits
  end
  for index, id in ipairs(redis.call('ZRANGE', PERMITS_GRANTED, 0, count - 1, 'REV')) do
    local permit = findPermit(id)
    permits[index] = {
      id = id,
      shard = permit.shard ~= NONE and permit.shard or cjson.null,
      bucket = permit.bucket,
      grantedAt = whole(permit.grantedAt),
      status = statusOf(permit),
    }
  end
  return permits
end

local function viewMargin(state)
  local margin = marginFor(state, now)
  return cjson.encode({
    margin = margin,
    back = margin > rules.margin and whole(marginBackAt(state)) or cjson.null,
    refusals = refusalsSince(now - REFUSALS_SHOWN),
  })
end

local state = currentBot()
local wanted = input.permits
local count = math.min(wanted.base + wanted.perBucket * (state and state.max_concurrency or 0), wanted.max)
return {
  whole(now),
  state and viewLimits(state) or false,
  state and viewOpenings(state) or {},
  toList(viewPauses()),
  toList(viewPermits(count)),
  viewMargin(state or {}),
}
