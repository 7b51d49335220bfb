--- @include "input"

-- OVERRIDES  hash: bot -> msgpack of { version, since, override }. A lifted override keeps its version alone, so that the next
--            one has another version.

-- What is kept of the bot; version 0 when it never had an override.
local function keptOverride(bot)
  local kept = redis.call('HGET', OVERRIDES, bot)
  return kept and cmsgpack.unpack(kept) or { version = 0 }
end

-- 0 when no override holds.
local function holdingVersion(kept)
  return kept.override and kept.version or 0
end

local function keepOverride(bot, kept)
  redis.call('HSET', OVERRIDES, bot, cmsgpack.pack(kept))
end

-- As an operation returns it: empty when no override holds.
local function overrideReply(kept)
  return kept.override and { whole(kept.version), whole(kept.since), kept.override } or {}
end
