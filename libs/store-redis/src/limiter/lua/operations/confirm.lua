-- Discord has accepted the IDENTIFY of a permit: from now on a plain interval keeps its bucket closed.
--
-- input.permit  its id
-- returns       1; 0 when it is unknown, was released, or no longer keeps its bucket closed
sweep()
local permit = findToSettle(input.permit)
if not permit or permit.back then
  return 0
end
if permit.confirmed then
  return 1
end
local from, kind, closedBy = closingOf(permit.bucket)
-- Too late: another one may have identified in between, and nothing is to be learned of that.
if closedBy ~= permit.id or opensAt(from, kind) <= now then
  return 0
end
-- A refill counts permits as they stand, so the bot is looked at before this one changes.
local found = findBot()
if found then
  countConfirmed(found, permit)
  saveBot(found)
end
permit.confirmed = now
savePermit(permit)
redis.call('ZADD', PERMITS_USABLE, whole(now), permit.id)
close(permit.bucket, now, 'confirmed', permit.id)
announce(permit.bucket)
return 1
