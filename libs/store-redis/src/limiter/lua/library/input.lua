-- What every operation on a bot is given. KEYS are the keys of one bot and share its hash tag: src/scripts/keys.ts names them.
--
-- ARGV[1]  the channel on which changes are announced
-- ARGV[2]  the bot
-- ARGV[3]  the replica that asks
-- ARGV[4]  JSON: the rules, times in microseconds (src/limiter/rules-argument.ts)
-- ARGV[5]  JSON: the operation's own input
-- ARGV[6]  number of the connection over which the replica asks
local channel, bot, replica = ARGV[1], ARGV[2], ARGV[3]
local rules = cjson.decode(ARGV[4])
local input = cjson.decode(ARGV[5])
local connection = tonumber(ARGV[6])

-- Turns JSON's null into nil.
local function nullToNil(value)
  if value == cjson.null then
    return nil
  end
  return value
end

-- Turns nil into JSON's null.
local function nilToNull(value)
  if value == nil then
    return cjson.null
  end
  return value
end
