-- Gives each entry a rank: its shard's place, the rank it has, one as old as that it had, or one behind all
-- others.
--
-- input.entries  [{ id, shard | null, priority, rank | null }], in the order in which they came
-- returns        JSON: their ranks
sweep()
dropExpiredPlaces()

local function enter(entry)
  local shard = given(entry.shard) or NONE
  local held = heldBy(entry.id)
  local place, rank = firstPlace(shard, entry.priority)
  if place and (not held or rank < held) then
    drop(entry.id)
    removePlaces({ place })
    hold(entry.id, rank, shard)
    return rank
  end
  if not held then
    local had = given(entry.rank)
    -- Another may have used that one meanwhile, so it is one as old.
    held = newRank(entry.priority, had and joinedAtOf(had))
    hold(entry.id, held, shard)
  end
  return held
end

local ranks = {}
for index, entry in ipairs(input.entries) do
  ranks[index] = enter(entry)
end
return cjson.encode(ranks)
