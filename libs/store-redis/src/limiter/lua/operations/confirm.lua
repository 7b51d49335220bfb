--- @include "announce"
--- @include "begin"
--- @include "bot"
--- @include "closings"

-- Discord has accepted the IDENTIFY of a permit: from now on a plain interval keeps its bucket closed. Mirrors
-- libs/identify-limiter/src/steps/confirm.ts.
--
-- input.permit  its id
-- returns       1; 0 when it is unknown, was released, or keeps its bucket closed no more
-- writes        BOT, BUCKETS, PERMITS, PERMITS_USABLE
begin()
local permit = findToSettle(input.permit)
if not permit or permit.released then
  return 0
end
if permit.confirmedAt then
  return 1
end
-- A refill counts permits as they stand, so it comes before the confirm.
local state = currentBot()
local from, kind, closedBy = closingOf(permit.bucket)
-- Too late: another shard may have identified since, so the moment of this confirm says nothing about the bucket.
if closedBy ~= permit.id or opensAt(state or {}, from, kind) <= now then
  return 0
end
if state then
  countConfirmed(state, permit)
  saveBot(state)
end
permit.confirmedAt = now
savePermit(permit)
redis.call('ZADD', PERMITS_USABLE, whole(now), permit.id)
closeBucket(permit.bucket, now, 'confirmed', permit.id)
announceOpportunity(permit.bucket)
return 1
