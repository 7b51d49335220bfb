--- @include "closings"
--- @include "permits"

-- What the shards that ask again tell of the margin, as in libs/identify-limiter/src/steps/refusal.ts.
--
-- PERMITS_REFUSED  sorted set: id of a permit, by when its shard asked again; without the released (see permits.lua)

-- How many refusals were seen from that moment on.
local function refusalsSince(since)
  return redis.call('ZCOUNT', PERMITS_REFUSED, whole(since), '+inf')
end

-- The shard's last permit of those that are still to be judged, and its own before: nil when there is none.
local function permitToJudge(shard)
  local members = redis.call('ZRANGE', PERMITS_OF_SHARDS, shard, shard, 'BYSCORE', 'REV', 'LIMIT', 0, 2)
  if not members[1] or now - grantedAtOfMember(members[1]) > REFUSED_WITHIN then
    return nil
  end
  return findPermit(idOfMember(members[1])), members[2] and findPermit(idOfMember(members[2]))
end

-- Whether a larger margin could have helped the permit.
local function isJudged(state, permit, ownBefore)
  if permit.confirmedAt or permit.confirmBy or redis.call('ZSCORE', PERMITS_REFUSED, permit.id) then
    return false
  end
  if permit.beforeKind ~= 'unconfirmed' or (ownBefore and usedBy(ownBefore) == permit.beforeFrom) then
    return false
  end
  return permit.grantedAt - opensAt(state, permit.beforeFrom, permit.beforeKind) <= MAX_MARGIN
end

-- The shard asks anew.
local function noticeRefusal(shard)
  local permit, ownBefore = permitToJudge(shard)
  if not permit then
    return
  end
  local state = loadMargin()
  if not isJudged(state, permit, ownBefore) then
    return
  end
  growMargin(state, refusalsSince(now - REFUSALS_WITHIN) == 0, now)
  saveMargin(state)
  redis.call('ZADD', PERMITS_REFUSED, whole(now), permit.id)
end
