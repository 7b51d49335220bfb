--- @include "replicas"

-- Refuses what was asked over a connection that the replica has given up since: the replica asked again over a newer one, and
-- went on. Otherwise the call could undo what came after it.
local function refuseOutdated()
  local newest = tonumber(redis.call('HGET', CONNECTIONS, replica) or 0)
  if connection < newest then
    error(redis.error_reply('OUTDATED This replica asks over a newer connection by now'))
  end
  if connection > newest then
    redis.call('HSET', CONNECTIONS, replica, whole(connection))
  end
end

-- Begins an operation that writes. Every such operation calls this before anything else; one that only reads does not.
local function begin()
  refuseOutdated()
  keepTime()
  hearReplica()
end
