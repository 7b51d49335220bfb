-- OVERRIDES  hash: bot -> msgpack: version, since, override; without an override once that was lifted, so that the
--            next has another version

-- What is kept of the bot; with version 0 when there never was one.
local function keptOverride(bot)
  local kept = redis.call('HGET', OVERRIDES, bot)
  return kept and cmsgpack.unpack(kept) or { version = 0 }
end

-- 0 when none holds.
local function holdingVersion(kept)
  return kept.override and kept.version or 0
end

local function keepOverride(bot, kept)
  redis.call('HSET', OVERRIDES, bot, cmsgpack.pack(kept))
end

-- As an operation returns it: empty when none holds.
local function overrideReply(kept)
  return kept.override and { whole(kept.version), whole(kept.since), kept.override } or {}
end
