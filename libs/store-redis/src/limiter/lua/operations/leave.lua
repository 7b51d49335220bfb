-- What the entries hold is kept as their shards' places; also what they had before data was lost.
--
-- input.entries  [{ id, shard | null, rank | null }]
sweep()
local found = findBot()
if found then
  noticeOtherServer(found)
end
local leavers, ids = {}, {}
for index, entry in ipairs(input.entries) do
  leavers[entry.id] = entry
  ids[index] = entry.id
end
for _, id in ipairs(leave(ids, now)) do
  local rank = given(leavers[id].rank)
  local shard = given(leavers[id].shard) or NONE
  if rank and mayBeLost(rank) and not isUsed(rank, shard) then
    restore(rank, shard)
  end
end
