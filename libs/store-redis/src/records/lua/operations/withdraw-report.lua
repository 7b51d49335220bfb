--- @include "reports"

-- Drops the replica's report.
--
-- ARGV    replica
-- writes  REPORTS, REPORTS_SAID, REPORTS_ENDING
dropExpiredReports()
dropReport(ARGV[1])
