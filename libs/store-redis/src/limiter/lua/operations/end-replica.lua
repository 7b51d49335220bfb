-- This replica ends: nobody waits behind its heads any more, and what its entries still hold are places.
reap(replica, now)
