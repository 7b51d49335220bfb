-- Forgets what the replica said of itself.
--
-- ARGV  replica
dropExpiredReports()
dropReport(ARGV[1])
