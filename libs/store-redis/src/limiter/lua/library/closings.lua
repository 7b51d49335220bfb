-- What keeps a bucket closed: the end of the time in which its permit may be used, which may be yet to come, and of which
-- kind, as in libs/identify-limiter/src/closing.ts.

-- When a bucket opens that was closed like this.
local function opensAt(from, kind)
  local confirmed = from + rules.interval
  return kind == 'confirmed' and confirmed or confirmed + rules.margin
end

-- BUCKETS: hash, bucket -> from|kind|permit

-- How the bucket was closed last since max_concurrency changed: from, kind, permit. Nil when it was not.
local function closingOf(bucket)
  local closing = redis.call('HGET', BUCKETS, bucket)
  if closing then
    local from, kind, permit = string.match(closing, '^([^|]*)|([^|]*)|(.*)$')
    return tonumber(from), kind, permit
  end
end

local function close(bucket, from, kind, permit)
  redis.call('HSET', BUCKETS, bucket, whole(from) .. '|' .. kind .. '|' .. permit)
end

-- The closing that keeps closed for longest, of all buckets and the bot's own: from, kind. Nil when there is none.
local function longestClosing(from, kind)
  for _, closing in ipairs(redis.call('HVALS', BUCKETS)) do
    local otherFrom, otherKind = string.match(closing, '^([^|]*)|([^|]*)|')
    otherFrom = tonumber(otherFrom)
    if not from or opensAt(otherFrom, otherKind) > opensAt(from, kind) then
      from, kind = otherFrom, otherKind
    end
  end
  return from, kind
end

-- When the bucket may have its next permit.
local function bucketOpensAt(found, bucket)
  local latest = math.max(opensAt(found.known_since, 'unconfirmed'), found.settled_at or 0)
  if found.closed_from then
    latest = math.max(latest, opensAt(found.closed_from, found.closed_kind))
  end
  local from, kind = closingOf(bucket)
  return from and math.max(latest, opensAt(from, kind)) or latest
end
