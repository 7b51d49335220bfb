-- What every operation is given. All keys are of one bot and share its hash tag; a place has the names in the
-- order of src/scripts/keys.ts.
--
-- ARGV[1]  the channel on which changes are announced
-- ARGV[2]  the bot
-- ARGV[3]  the replica that asks
-- ARGV[4]  JSON: the rules, times in microseconds (src/scripts/rules-argument.ts)
-- ARGV[5]  JSON: what the operation in particular needs
-- ARGV[6]  number of the connection over which the replica asks
local BOT, BUCKETS, HEADS, REPLICAS, ON_RECORD, CONNECTIONS, ENTRIES, HOLDERS, WAITING, PLACES, PLACES_LEFT, PERMITS,
  PERMITS_GIVEN, PERMITS_USABLE, PERMITS_OF_SHARDS, PAUSES = unpack(KEYS)

local channel = ARGV[1]
local bot = ARGV[2]
local replica = ARGV[3]
local rules = cjson.decode(ARGV[4])
local input = cjson.decode(ARGV[5])

-- Stands for "no shard named" and for "the whole bot".
local NONE = -1

-- A whole number as text. tostring() would write a moment as 1.7e+15.
local function whole(number)
  return string.format('%.0f', number)
end

-- What JSON has as null.
local function given(value)
  if value == cjson.null then
    return nil
  end
  return value
end
