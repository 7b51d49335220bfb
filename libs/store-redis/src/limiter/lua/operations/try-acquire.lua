-- A permit for the head of a line, or why not. The checks and their order are those of
-- libs/identify-limiter/src/decide.ts.
--
-- input    operation, entry, shard | null, bucket, rank, limitsVersion, confirm
-- returns  JSON: the permit or the denial
sweep()

local shard = given(input.shard) or NONE
local bucket = input.bucket

local function deny(reason, endsAt, found)
  return cjson.encode({
    granted = false,
    reason = reason,
    retryIn = endsAt and endsAt - now or cjson.null,
    limits = reason == 'limits-changed' and toLimits(found) or nil,
    starts = found and startsOf(found),
  })
end

-- The first reason that applies, and when it ends; nil when the head may have a permit.
local function denial(found)
  local isPaused, pauseEnds = pausedUntil(bucket)
  if isPaused then
    return 'paused', pauseEnds
  end
  if found.remaining <= rules.reserve then
    return 'budget', found.reset_at or found.charged_until
  end
  local throttled = throttledUntil(found, shard)
  if throttled then
    return 'crash-loop', throttled
  end
  local opens = bucketOpensAt(found, bucket)
  if opens > now then
    return 'interval', opens
  end
  for _, other in ipairs(otherHeads(bucket)) do
    if other < input.rank then
      return 'line'
    end
  end
end

local function grant(found)
  dropOldPermits()
  local beforeFrom, beforeKind = closingOf(bucket)
  local permit = {
    id = input.operation,
    bucket = bucket,
    shard = shard,
    given = now,
    confirmBy = input.confirm and now + rules.confirmTimeout or nil,
    beforeFrom = beforeFrom,
    beforeKind = beforeKind,
    rank = input.rank,
  }
  recordPermit(permit)
  close(bucket, usedBy(permit), 'unconfirmed', permit.id)
  spend(found, usedBy(permit))
  saveBot(found)
  drop(input.entry)
  withdrawHead(bucket)
  return cjson.encode(toAnswer(permit))
end

local before = findPermit(input.operation)
if before then
  return cjson.encode(toAnswer(before))
end
local found = findBot()
if not found then
  setHead(bucket, input.rank)
  return deny('limits-unknown')
end
if found.version ~= input.limitsVersion then
  return deny('limits-changed', now, found)
end
if isWithheldFrom(input.entry, input.rank, shard) then
  return deny('rank-not-held', nil, found)
end
local reason, endsAt = denial(found)
if not reason and noticeOtherServer(found) then
  reason, endsAt = denial(found)
end
if reason == 'crash-loop' then
  -- Others may pass a throttled shard, so nobody is to wait behind it.
  withdrawHead(bucket)
  return deny(reason, endsAt, found)
end
setHead(bucket, input.rank)
return reason and deny(reason, endsAt, found) or grant(found)
