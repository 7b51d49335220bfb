--- @include "numbers"
--- @include "time"

-- What every operation on the operators' records is given. KEYS are named in src/scripts/keys.ts; each operation says what ARGV
-- is. Texts are JSON or hashes, and no script looks into them.

-- Ms since the Unix epoch, by the server's clock as it is, since people read these moments. Where that clock was set back,
-- sessions and reports last longer by as much.
local now = math.floor(serverTime / 1000)

-- The number that comes after `last`, if there was one. It goes on from the time, so that no number comes twice even after the
-- data was lost.
local function following(last)
  return math.max((tonumber(last) or 0) + 1, now)
end
