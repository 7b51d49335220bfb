--- @include "input"
--- @include "margin"
--- @include "numbers"

-- What keeps a bucket closed, as in libs/identify-limiter/src/closing.ts: the end of the time in which its permit may be used,
-- which may be yet to come, and the kind, which is 'unconfirmed' or 'confirmed'.
--
-- BUCKETS: hash, bucket -> from|kind|permit
--
-- state  the bot's, see margin.lua

-- When a bucket opens that was closed like this.
local function opensAt(state, from, kind)
  local confirmed = from + rules.interval
  return kind == 'confirmed' and confirmed or confirmed + marginFor(state, from)
end

-- How the bucket was closed last since max_concurrency changed: from, kind, permit. Nil when it was not.
local function closingOf(bucket)
  local closing = redis.call('HGET', BUCKETS, bucket)
  if closing then
    local from, kind, permit = string.match(closing, '^([^|]*)|([^|]*)|(.*)$')
    return tonumber(from), kind, permit
  end
end

local function closeBucket(bucket, from, kind, permit)
  redis.call('HSET', BUCKETS, bucket, whole(from) .. '|' .. kind .. '|' .. permit)
end

-- The closing that keeps closed for longest, of all buckets and the one given: from, kind. Nil when there is none.
local function longestClosing(state, from, kind)
  for _, closing in ipairs(redis.call('HVALS', BUCKETS)) do
    local otherFrom, otherKind = string.match(closing, '^([^|]*)|([^|]*)|')
    otherFrom = tonumber(otherFrom)
    if not from or opensAt(state, otherFrom, otherKind) > opensAt(state, from, kind) then
      from, kind = otherFrom, otherKind
    end
  end
  return from, kind
end
