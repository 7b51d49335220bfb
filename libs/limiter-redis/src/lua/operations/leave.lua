-- What the entries hold is kept as their shards' places.
--
-- input.entries  their ids
sweep()
leave(input.entries, now)
