-- Nobody waits behind this replica's head of the bucket any more.
--
-- input.bucket
sweep()
withdrawHead(input.bucket)
