-- What the entries hold is kept as their shards' places.
--
-- input.entries  their ids
sweep()
for _, entry in ipairs(input.entries) do
  local rank, shard = drop(entry)
  if rank then
    keepPlace(rank, shard, now)
  end
end
