--- @include "begin"
--- @include "places"
--- @include "refusals"

-- Gives each entry a rank: its shard's place, the rank it holds, a rank as old as the one that it lost, or a rank behind all
-- others. Mirrors libs/identify-limiter/src/steps/enter.ts.
--
-- input.entries  [{ id, shard | null, priority, rank | null }], in the order of joining
-- returns        JSON: their ranks
-- writes         BOT, ENTRIES, HOLDERS, WAITING, PLACES, PLACES_LEFT, PERMITS_REFUSED
begin()
expirePlaces()

local function enter(entry)
  local shard = nullToNil(entry.shard) or NONE
  local held = heldBy(entry.id)
  local place, rank = firstPlace(shard, entry.priority)
  local lost = not held and nullToNil(entry.rank) or nil
  -- A lost rank by which the shard was served counts no more.
  if lost and isUsed(lost, shard) then
    lost = nil
  end
  -- As old as the lost rank, but another one: another entry of the shard may hold that one by now.
  local own = held or lost and nextRank(entry.priority, joinedAtOf(lost))
  if place and (not own or rank <= own) then
    dropRank(entry.id)
    removePlaces({ place })
    holdRank(entry.id, rank, shard)
    return rank
  end
  if held then
    return held
  end
  local new = own or nextRank(entry.priority, now)
  holdNewRank(entry.id, new, shard)
  if shard ~= NONE and not place and not nullToNil(entry.rank) then
    noticeRefusal(shard)
  end
  return new
end

local ranks = {}
for index, entry in ipairs(input.entries) do
  ranks[index] = enter(entry)
end
return cjson.encode(ranks)
