-- The heartbeat of one gateway.
--
-- KEYS  a sorted set of gateways by the time of their last beat
-- ARGV  the gateway's id, milliseconds without a beat after which a gateway is forgotten
-- Reply {number of gateways, now in milliseconds, 1 if this gateway was not known}
-- A key of another type does not belong to the gateway and is deleted.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local type = redis.call('TYPE', KEYS[1]).ok
if type ~= 'zset' and type ~= 'none' then
  redis.call('DEL', KEYS[1])
end
local fresh = redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { redis.call('ZCARD', KEYS[1]), now, fresh }
