--- @include "replicas"

-- The replicas that live. The replica that asks is heard of now.
--
-- returns  { now, { replica, when it was last heard of, ... } }
-- writes   nothing
local living = {}
local function add(name, heardAt)
  living[#living + 1] = name
  living[#living + 1] = whole(heardAt)
end

local known = redis.call('ZRANGE', REPLICAS, 0, -1, 'WITHSCORES')
for index = 1, #known, 2 do
  local name, heardAt = known[index], tonumber(known[index + 1])
  if wasServerAway() then
    heardAt = now
  end
  if name ~= replica and heardAt >= now - DEAD_AFTER then
    add(name, heardAt)
  end
end
add(replica, now)
return { whole(now), living }
