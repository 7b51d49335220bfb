--- @include "begin"

-- Drops entries and keeps no place of them. Mirrors forget in libs/identify-limiter/src/steps/leave.ts.
--
-- input.entries  their ids
-- writes         ENTRIES, HOLDERS, WAITING
begin()
for _, entry in ipairs(input.entries) do
  dropRank(entry)
end
