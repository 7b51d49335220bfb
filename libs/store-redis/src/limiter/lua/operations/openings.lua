-- returns  in how many microseconds each bucket opens, from the first; none while the limits are unknown
local found = findBot()
local openings = {}
for bucket = 0, (found and found.max_concurrency or 0) - 1 do
  openings[bucket + 1] = math.max(bucketOpensAt(found, bucket) - now, 0)
end
return openings
