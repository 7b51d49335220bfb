--- @include "begin"
--- @include "lost-data"
--- @include "opening"
--- @include "pauses"

-- A permit for the head of a line, or why not. Mirrors libs/identify-limiter/src/steps/try-acquire.ts; the checks and their
-- order are those of libs/identify-limiter/src/decide.ts.
--
-- input    operation, entry, shard | null, bucket, rank, limitsVersion, confirm
-- returns  JSON: the permit or the denial (src/limiter/answers.ts)
-- writes   BOT, HEADS; with a permit also BUCKETS, PERMITS*, ENTRIES, HOLDERS, WAITING
begin()

local shard = nullToNil(input.shard) or NONE
local bucket = input.bucket

local function toPermit(permit)
  return cjson.encode({
    granted = true,
    id = permit.id,
    bot = bot,
    shard = permit.shard ~= NONE and permit.shard or cjson.null,
    bucket = permit.bucket,
    confirmWithin = nilToNull(permit.confirmBy and math.max(permit.confirmBy - now, 0)),
  })
end

local function deny(reason, endsAt, state)
  return cjson.encode({
    granted = false,
    reason = reason,
    retryIn = nilToNull(endsAt and endsAt - now),
    limits = reason == 'limits-changed' and toLimits(state) or nil,
    starts = state and startsOf(state),
  })
end

-- The first reason that applies, and when it ends. Nil when the head may have a permit.
local function denialNow(state)
  local isPaused, pauseEnds = pausedUntil(bucket)
  if isPaused then
    return 'paused', pauseEnds
  end
  if state.remaining <= rules.reserve then
    return 'budget', state.reset_at or state.charged_until
  end
  local throttled = throttledUntil(state, shard)
  if throttled then
    return 'crash-loop', throttled
  end
  local opens = bucketOpensAt(state, bucket)
  if opens > now then
    return 'interval', opens
  end
  for _, other in ipairs(otherHeads(bucket)) do
    if other < input.rank then
      return 'line'
    end
  end
end

local function grant(state)
  dropOldPermits()
  local beforeFrom, beforeKind = closingOf(bucket)
  local permit = {
    id = input.operation,
    bucket = bucket,
    shard = shard,
    grantedAt = now,
    confirmBy = input.confirm and now + rules.confirmTimeout or nil,
    beforeFrom = beforeFrom,
    beforeKind = beforeKind,
    rank = input.rank,
  }
  addPermit(permit)
  closeBucket(bucket, usedBy(permit), 'unconfirmed', permit.id)
  spend(state, usedBy(permit))
  saveBot(state)
  dropRank(input.entry)
  withdrawHead(bucket)
  return toPermit(permit)
end

local grantedBefore = findPermit(input.operation)
if grantedBefore then
  return toPermit(grantedBefore)
end
local state = currentBot()
if not state then
  setHead(bucket, input.rank)
  return deny('limits-unknown')
end
if state.version ~= input.limitsVersion then
  return deny('limits-changed', now, state)
end
if isWithheldFrom(input.entry, input.rank, shard) then
  return deny('rank-not-held', nil, state)
end
local reason, endsAt = denialNow(state)
if not reason and noticeLostData(state) then
  reason, endsAt = denialNow(state)
end
if reason == 'crash-loop' then
  -- Other shards may pass a throttled one, so it must not be a head that they wait behind.
  withdrawHead(bucket)
  return deny(reason, endsAt, state)
end
setHead(bucket, input.rank)
return reason and deny(reason, endsAt, state) or grant(state)
