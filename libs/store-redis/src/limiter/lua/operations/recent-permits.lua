-- input.atMost
-- returns  JSON: the permits given last, latest first, [{ id, shard | null, bucket, age, status }]
local function statusOf(permit)
  if permit.back then
    return 'released'
  end
  if permit.confirmed then
    return 'confirmed'
  end
  if not permit.confirmBy then
    return 'granted'
  end
  return permit.confirmBy > now and 'pending' or 'expired'
end

local permits = {}
for index, id in ipairs(redis.call('ZRANGE', PERMITS_GIVEN, 0, input.atMost - 1, 'REV')) do
  local permit = findPermit(id)
  permits[index] = {
    id = id,
    shard = permit.shard ~= NONE and permit.shard or cjson.null,
    bucket = permit.bucket,
    age = now - permit.given,
    status = statusOf(permit),
  }
end
return #permits > 0 and cjson.encode(permits) or '[]'
