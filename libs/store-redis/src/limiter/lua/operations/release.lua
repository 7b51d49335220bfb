-- A permit was not used, and never will be: its bucket opens as if it had not been given, the budget has it back if it was
-- taken off what remains now, and its rank is its shard's place.
--
-- input.permit  its id
-- returns       1; 0 when it is unknown or was confirmed
sweep()
local permit = findToSettle(input.permit)
if not permit or permit.confirmed then
  return 0
end
if permit.back then
  return 1
end
-- A refill leaves out what was released, so the bot is looked at before this one is.
local found = findBot()
permit.back = true
savePermit(permit)
uncount(permit)
local _, _, closedBy = closingOf(permit.bucket)
if closedBy == permit.id then
  if permit.beforeFrom then
    close(permit.bucket, permit.beforeFrom, permit.beforeKind, '')
  else
    redis.call('HDEL', BUCKETS, permit.bucket)
  end
end
if found then
  refund(found, permit)
  saveBot(found)
end
restore(permit.rank, permit.shard)
announce(nil)
return 1
