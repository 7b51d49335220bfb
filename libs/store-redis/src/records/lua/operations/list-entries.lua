--- @include "input"

-- The newest entries of the audit log that have all these facets, newest first. Reads no more than MAX_READ entries, so that no
-- other script waits for long: a caller that wants more goes on from where this one stopped. The keys are those of
-- append-entry.lua.
--
-- ARGV     how many at most; only entries before this id, empty for all; the facets, as in `|by=...|bot=...|`
-- returns  { id of the last entry that was read, empty when there are no more; then for each entry { id, at, record } }
-- writes   nothing
local MAX_READ = 500

local limit, before = tonumber(ARGV[1]), ARGV[2]
local facets = {}
for facet in string.gmatch(ARGV[3], '[^|]+') do
  facets[#facets + 1] = '|' .. facet .. '|'
end

local function hasAllFacets(member)
  for _, facet in ipairs(facets) do
    if not string.find(member, facet, 1, true) then
      return false
    end
  end
  return true
end

local from = before == '' and '+inf' or '(' .. before
local members = redis.call('ZRANGE', AUDIT_INDEX, from, '-inf', 'BYSCORE', 'REV', 'LIMIT', '0', whole(MAX_READ))
local reply = { '' }
for index, member in ipairs(members) do
  local id = string.match(member, '^%d+')
  if hasAllFacets(member) then
    local entry = cmsgpack.unpack(redis.call('HGET', AUDIT, id))
    reply[#reply + 1] = { id, whole(entry.at), entry.record }
    if #reply > limit then
      return reply
    end
  end
  if index == MAX_READ then
    reply[1] = id
  end
end
return reply
