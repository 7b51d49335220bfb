--- @include "announce"
--- @include "begin"

-- Tells the replica that holds the entry's request to end it.
--
-- input.entry
-- returns      1; 0 when no such entry waits
-- writes       nothing of its own
begin()
if not heldBy(input.entry) then
  return 0
end
publish({ evicted = input.entry })
return 1
