--- @include "begin"
--- @include "lost-data"

-- Keeps what the entries hold as their shards' places, and so for what they held before data was lost. Mirrors
-- libs/identify-limiter/src/steps/leave.ts.
--
-- input.entries  [{ id, shard | null, rank | null }]
-- writes         BOT, HEADS, ON_RECORD, ENTRIES, HOLDERS, WAITING, PLACES, PLACES_LEFT
begin()
local state = currentBot()
if state then
  noticeLostData(state)
end
local leavers, ids = {}, {}
for index, entry in ipairs(input.entries) do
  leavers[entry.id] = entry
  ids[index] = entry.id
end
for _, id in ipairs(leavePlaces(ids, now)) do
  local rank = nullToNil(leavers[id].rank)
  local shard = nullToNil(leavers[id].shard) or NONE
  if rank and mayBeLost(rank) and not isUsed(rank, shard) then
    restorePlace(rank, shard)
  end
end
