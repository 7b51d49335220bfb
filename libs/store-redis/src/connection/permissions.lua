-- Tries each command that other scripts call.
--
-- KEYS[1], KEYS[2]  a hash and a sorted set, which are gone afterwards
-- ARGV[1]           the channel on which changes are announced; an empty message says nothing
-- returns           the commands that were refused
local hash, set, channel = KEYS[1], KEYS[2], ARGV[1]
local refused = {}

local function try(command, ...)
  local result = redis.pcall(command, ...)
  if type(result) == 'table' and result.err then
    refused[#refused + 1] = command
  end
end

try('TIME')
try('INFO', 'replication')
try('PUBLISH', channel, '')
try('HSET', hash, 'field', '1')
try('HGET', hash, 'field')
try('HEXISTS', hash, 'field')
try('HMGET', hash, 'field')
try('HGETALL', hash)
try('HKEYS', hash)
try('HVALS', hash)
try('HDEL', hash, 'field')
try('ZADD', set, '1', 'member')
try('ZSCORE', set, 'member')
try('ZCARD', set)
try('ZCOUNT', set, '0', '1')
try('ZRANGE', set, '0', '1')
try('ZREM', set, 'member')
try('DEL', hash, set)
return refused
