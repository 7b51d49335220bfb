--- @include "begin"

-- This replica ends: what its entries hold are places from now on, and its heads hold up no other replica.
--
-- writes  REPLICAS, ON_RECORD, CONNECTIONS, HEADS, ENTRIES, HOLDERS, WAITING, PLACES, PLACES_LEFT
begin()
reap(replica, now)
