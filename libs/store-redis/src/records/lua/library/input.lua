-- What every operation is given: a place in KEYS has the names in the order of src/redis/keys.ts, and ARGV is said by each
-- operation. Texts are JSON or hashes, and nothing here looks into them.
local AUDIT, AUDIT_INDEX, AUDIT_OF_ACCESS, AUDIT_OF_CHANGES,
  SESSIONS, SESSIONS_TOKENS, SESSIONS_BEGUN, SESSIONS_ENDING,
  REPORTS, REPORTS_SAID, REPORTS_ENDING,
  OVERRIDES = unpack(KEYS)

-- Ms since the Unix epoch. For people to read, so it is the server's time as it is, also where that was set back: then
-- sessions and reports last longer by as much.
local now = math.floor(raw / 1000)

-- A whole number as text.
local function whole(number)
  return string.format('%.0f', number)
end

-- The number that comes after `last`, if there was one. It goes on from the time, so that none comes twice even after the
-- data was lost.
local function following(last)
  return math.max((tonumber(last) or 0) + 1, now)
end
