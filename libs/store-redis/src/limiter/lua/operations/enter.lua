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
  -- What it had before it was lost; if its shard was served by that meanwhile, it counts no more.
  local had = not held and given(entry.rank) or nil
  if had and isUsed(had, shard) then
    had = nil
  end
  local better = held or had
  if place and (not better or rank <= better) then
    drop(entry.id)
    removePlaces({ place })
    hold(entry.id, rank, shard)
    return rank
  end
  if not held then
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
