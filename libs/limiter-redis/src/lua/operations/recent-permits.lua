-- input.atMost
-- returns  JSON: the permits given last, latest first, [{ id, shard | null, bucket, age, fate }]
local function fateOf(permit)
  if permit.back then
    return 'given-back'
  end
  if permit.confirmed then
    return 'confirmed'
  end
  if not permit.confirmBy then
    return 'unconfirmed'
  end
  return permit.confirmBy > now and 'awaited' or 'abandoned'
end

local permits = {}
for index, id in ipairs(redis.call('ZRANGE', PERMITS_GIVEN, 0, input.atMost - 1, 'REV')) do
  local permit = findPermit(id)
  permits[index] = {
    id = id,
    shard = permit.shard ~= NONE and permit.shard or cjson.null,
    bucket = permit.bucket,
    age = now - permit.given,
    fate = fateOf(permit),
  }
end
return #permits > 0 and cjson.encode(permits) or '[]'
