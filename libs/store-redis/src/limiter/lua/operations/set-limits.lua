-- Takes over what somebody learned of the limits.
--
-- input    maxConcurrency, total, source, budget { remaining, resetIn, askedAgo } | null
-- returns  JSON: the limits from now on
sweep()

local function firstReport()
  return { version = 0, counts_from = now, remaining = input.total, known_since = now,
    history = historyOfServer() }
end

local before = findBot()
local found = before or firstReport()

-- In this time every replica hears of new buckets, and says who is at the head of its lines: until then the first to hear
-- would go first, whatever the ranks.
local SETTLE = 100 * 1000

-- New buckets: each opens no earlier than the last of the old ones.
if not before or before.max_concurrency ~= input.maxConcurrency then
  found.closed_from, found.closed_kind = longestClosing(found.closed_from, found.closed_kind)
  -- Goes on from the time, so that none comes twice even after the data was lost.
  found.version = math.max(found.version + 1, math.floor(now / 1000))
  found.settled_at = haveSeveralHeads() and now + SETTLE or nil
  redis.call('DEL', BUCKETS, HEADS)
end

local budget = given(input.budget)
if budget then
  local since = now - budget.askedAgo - UNCOUNTED
  found.remaining = budget.remaining - usedSince(since)
  if found.lost_at and found.lost_at > since then
    -- Discord cannot have counted what is not on record here either: see continuity.lua.
    found.remaining = found.remaining - (found.max_concurrency or 0)
  end
  -- Discord says 0 of a window that has not begun.
  found.reset_at = budget.resetIn > 0 and now + budget.resetIn + RESET_SLACK or nil
  found.counts_from = since
  found.charged_until = nil
  found.from_discord = 1
elseif before then
  found.remaining = found.remaining + input.total - before.total
end
found.max_concurrency = input.maxConcurrency
found.total = input.total
found.source = input.source
found.reported_at = now
saveBot(found)
announce(nil)
return cjson.encode(toLimits(found))
