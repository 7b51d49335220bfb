-- The newest entries that have all these facets, newest first. Looks at so many and no more, so that nothing else on the
-- server waits for long: whoever wants more of them asks again from where it stopped.
--
-- ARGV     how many at most; only those before this id, empty for all; the facets, as in `|by=...|bot=...|`
-- returns  { id that it looked to, empty when it has all; then for each { id, at, record } }
local LOOKS_AT = 500

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
local members = redis.call('ZRANGE', AUDIT_INDEX, from, '-inf', 'BYSCORE', 'REV', 'LIMIT', '0', whole(LOOKS_AT))
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
  if index == LOOKS_AT then
    reply[1] = id
  end
end
return reply
