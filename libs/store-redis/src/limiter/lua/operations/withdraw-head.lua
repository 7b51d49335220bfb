--- @include "begin"

-- This replica's line of the bucket is empty: its head holds up no other replica any more. Mirrors withdrawHead in
-- libs/identify-limiter/src/steps/heads.ts.
--
-- input.bucket
-- writes  HEADS
begin()
withdrawHead(input.bucket)
