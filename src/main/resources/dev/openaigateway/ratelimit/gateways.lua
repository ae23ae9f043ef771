-- One gateway's sign of life.
--
-- KEYS  a sorted set of gateways by the time they were last seen
-- ARGV  the gateway's id, milliseconds after which a silent one is forgotten
-- Reply {gateways seen, now in milliseconds, 1 if this one was not known}
-- A key of another type is nothing of ours.

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
