-- Sliding windows of 60 one-second buckets and the oldest partial bucket counted whole.
--
-- KEYS  one hash for each window, all with one hash tag
-- ARGV  operation, now in milliseconds ('' takes the server's clock), then for each key
--         reserve: amount, limit       settle: charged bucket, delta       used: nothing
-- Hash  one field for each charged bucket; total: their sum; oldest: first bucket that may be charged;
--       newest: last bucket seen, so that a clock that runs back is held; sequence: operations (first key only)
-- Reply reserve: {1, bucket, now, sequence, remaining...} or {0, bucket, now, sequence, index, remaining, wait}
--       settle:  {2, bucket, now, sequence}
--       used:    {3, bucket, now, total...}
-- A wait is in milliseconds, -1 for never.

local SECONDS = 60
local BUCKET_MILLIS = 1000
local EXPIRY_MILLIS = (SECONDS + 2) * BUCKET_MILLIS

local operation = ARGV[1]
local now = tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local clockBucket = math.floor(now / BUCKET_MILLIS)
local bucket = clockBucket

-- The fields of the buckets from first to last, and what they hold.
local function contents(key, first, last)
  local fields = {}
  for each = first, last do
    fields[#fields + 1] = string.format('%d', each)
  end
  return fields, redis.call('HMGET', key, unpack(fields))
end

-- A key of another type is nothing of ours. A clock set back further than the window starts it anew with all it holds.
local function open(key)
  local head = redis.pcall('HMGET', key, 'total', 'oldest', 'newest')
  if head.err then
    redis.call('DEL', key)
    head = {}
  end
  local total = tonumber(head[1] or 0)
  local oldest = tonumber(head[2] or clockBucket)
  local newest = tonumber(head[3] or clockBucket)
  if newest - clockBucket > SECONDS + 1 then
    redis.call('DEL', key)
    redis.call('HSET', key, string.format('%d', clockBucket), total)
    oldest, newest = clockBucket, clockBucket
  end
  return { key = key, total = total, oldest = oldest, newest = newest }
end

local function dropOld(window)
  local expired = bucket - SECONDS - 1
  if window.oldest > expired then return end
  local fields, held = contents(window.key, window.oldest, math.min(expired, window.oldest + SECONDS + 1))
  local gone = {}
  for i = 1, #fields do
    if held[i] then
      window.total = window.total - tonumber(held[i])
      gone[#gone + 1] = fields[i]
    end
  end
  if #gone > 0 and operation ~= 'used' then
    redis.call('HDEL', window.key, unpack(gone))
  end
  window.oldest = expired + 1
end

local function save(window)
  redis.call('HSET', window.key, 'total', window.total, 'oldest', window.oldest, 'newest', bucket)
  redis.call('PEXPIRE', window.key, EXPIRY_MILLIS)
end

local function charge(window, amount)
  redis.call('HINCRBY', window.key, string.format('%d', bucket), string.format('%d', amount))
  window.total = window.total + amount
end

-- No more than the bucket holds; one that has left the window holds nothing.
local function giveBack(window, charged, amount)
  local field = string.format('%d', charged)
  local back = math.min(amount, tonumber(redis.call('HGET', window.key, field) or 0))
  if back > 0 then
    redis.call('HINCRBY', window.key, field, string.format('%d', -back))
    window.total = window.total - back
  end
end

local function waitFor(window, amount, limit)
  if amount > limit then return -1 end
  local missing = window.total + amount - limit
  local fields, held = contents(window.key, window.oldest, bucket)
  for i = 1, #fields do
    missing = missing - tonumber(held[i] or 0)
    if missing <= 0 then
      return (tonumber(fields[i]) + SECONDS + 1) * BUCKET_MILLIS - now
    end
  end
  return -1
end

local windows = {}
for i, key in ipairs(KEYS) do
  windows[i] = open(key)
  bucket = math.max(bucket, windows[i].newest)
end
for _, window in ipairs(windows) do
  dropOld(window)
end

if operation == 'used' then
  local reply = { 3, bucket, now }
  for _, window in ipairs(windows) do
    reply[#reply + 1] = window.total
  end
  return reply
end

local sequence = redis.call('HINCRBY', KEYS[1], 'sequence', 1)
local reply = { operation == 'reserve' and 1 or 2, bucket, now, sequence }

if operation == 'reserve' then
  for i, window in ipairs(windows) do
    local amount, limit = tonumber(ARGV[1 + 2 * i]), tonumber(ARGV[2 + 2 * i])
    if window.total + amount > limit then
      local wait = waitFor(window, amount, limit)
      for _, each in ipairs(windows) do save(each) end
      return { 0, bucket, now, sequence, i, limit - window.total, wait }
    end
  end
end

for i, window in ipairs(windows) do
  local first, second = tonumber(ARGV[1 + 2 * i]), tonumber(ARGV[2 + 2 * i])
  if operation == 'reserve' then
    charge(window, first)
    reply[#reply + 1] = second - window.total
  elseif second > 0 then
    charge(window, second)
  else
    giveBack(window, first, -second)
  end
  save(window)
end
return reply
