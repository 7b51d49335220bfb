-- The entries need their ranks no more, and no place of them is kept.
--
-- input.entries  their ids
sweep()
for _, entry in ipairs(input.entries) do
  drop(entry)
end
