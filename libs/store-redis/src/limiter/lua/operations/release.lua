--- @include "announce"
--- @include "begin"
--- @include "bot"
--- @include "closings"

-- A permit was not used, and never will be: its bucket opens as if it had not been granted, the budget has it back if it was
-- taken off what remains now, and its rank is its shard's place. Mirrors libs/identify-limiter/src/steps/release.ts.
--
-- input.permit  its id
-- returns       1; 0 when it is unknown or was confirmed
-- writes        BOT, BUCKETS, PERMITS, PERMITS_USABLE, PERMITS_OF_SHARDS, PLACES, PLACES_LEFT
begin()
local permit = findToSettle(input.permit)
if not permit or permit.confirmedAt then
  return 0
end
if permit.released then
  return 1
end
-- A refill leaves out what was released, so it comes before the release.
local state = currentBot()
permit.released = true
savePermit(permit)
uncount(permit)
local _, _, closedBy = closingOf(permit.bucket)
if closedBy == permit.id then
  if permit.beforeFrom then
    closeBucket(permit.bucket, permit.beforeFrom, permit.beforeKind, '')
  else
    redis.call('HDEL', BUCKETS, permit.bucket)
  end
end
if state then
  refund(state, permit)
  saveBot(state)
end
restorePlace(permit.rank, permit.shard)
announceOpportunity(nil)
return 1
