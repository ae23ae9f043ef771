-- Sliding windows of 60 one-second buckets plus the oldest partial bucket, counted in full.
--
-- KEYS  one hash per window, all with the same hash tag
-- ARGV  operation, now in milliseconds ('' for the server's clock), then
--         reserve: for each key the sum of its charges and its lowest limit; then one text of numbers: for each request the
--                  number of its charges, and for each charge the index of its key in KEYS, amount, limit; the requests are
--                  decided in order; then the number of requests
--         settle:  for each correction the index of its key in KEYS, the charged bucket, delta
--         used:    nothing
--         read:    amount and limit of a charge for each key
-- Hash  one field per charged bucket; total: their sum; oldest: first bucket that may be charged;
--       newest: last bucket seen, charged while the clock is behind it; sequence: number of operations (first key only)
-- Reply bucket, now, then
--         reserve: sequence of the first request; 1, total after all charges of each key, if all requests are admitted
--                  at once, else 0 and for each request 1, remaining...
--                  or 0, index of the charge with the longest wait, remaining, wait
--         settle:  sequence
--         used:    total...
--         read:    total, wait... (0 if the charge fits now)
-- A wait is in milliseconds, -1 for never.
-- Each window is read once and written once, since the cost of a call is the number of its commands.

local SECONDS = 60
local BUCKET_MILLIS = 1000
local EXPIRY_MILLIS = (SECONDS + 3) * BUCKET_MILLIS

local operation = ARGV[1]
local now = tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local clockBucket = math.floor(now / BUCKET_MILLIS)
local bucket = clockBucket

local function field(each)
  return string.format('%d', each)
end

-- The fields of the buckets from first to last, and their values.
local function contents(key, first, last)
  local fields = {}
  for each = first, last do
    fields[#fields + 1] = field(each)
  end
  return fields, redis.call('HMGET', key, unpack(fields))
end

-- A key of another type does not belong to the gateway and is deleted. After the clock was set back by more than a window,
-- the whole total is moved into the current bucket.
local function open(key)
  local read = redis.pcall('HMGET', key, 'total', 'oldest', 'newest', 'sequence', field(clockBucket))
  if read.err then
    redis.call('DEL', key)
    read = {}
  end
  local window = { key = key, total = tonumber(read[1] or 0), oldest = tonumber(read[2] or clockBucket),
    newest = tonumber(read[3] or 0), sequence = tonumber(read[4] or 0), held = { [clockBucket] = tonumber(read[5] or 0) }, changed = {} }
  if window.newest - clockBucket > SECONDS + 1 then
    redis.call('DEL', key)
    window.held[clockBucket] = window.total
    window.changed[clockBucket] = true
    window.oldest, window.newest, window.restarted = clockBucket, 0, true
  end
  return window
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
  if #gone > 0 and operation ~= 'used' and operation ~= 'read' then
    redis.call('HDEL', window.key, unpack(gone))
  end
  window.oldest = expired + 1
end

-- A window expires some time after its newest bucket began; while the clock is behind that bucket, after the last charge.
local function save(window, sequence)
  local fields = { 'total', field(window.total), 'oldest', field(window.oldest), 'newest', field(bucket) }
  if sequence then
    fields[7], fields[8] = 'sequence', field(sequence)
  end
  for each in pairs(window.changed) do
    fields[#fields + 1] = field(each)
    fields[#fields + 1] = field(window.held[each])
  end
  redis.call('HSET', window.key, unpack(fields))
  if window.newest < bucket or clockBucket < bucket then
    redis.call('PEXPIRE', window.key, EXPIRY_MILLIS)
  end
end

local function held(window, each)
  window.held[each] = window.held[each] or tonumber(redis.call('HGET', window.key, field(each)) or 0)
  return window.held[each]
end

local function add(window, each, amount)
  window.held[each] = held(window, each) + amount
  window.changed[each] = true
  window.total = window.total + amount
end

-- Returns at most what the bucket holds; nothing if it has left the window.
local function giveBack(window, charged, amount)
  local back = charged < window.oldest and 0 or math.min(amount, held(window, charged))
  if back > 0 then
    add(window, charged, -back)
  end
end

local function waitFor(window, amount, limit)
  if amount > limit then return -1 end
  local missing = window.total + amount - limit
  local _, stored = contents(window.key, window.oldest, bucket)
  for each = window.oldest, bucket do
    missing = missing - (window.held[each] or tonumber(stored[each - window.oldest + 1] or 0))
    if missing <= 0 then
      return (each + SECONDS + 1) * BUCKET_MILLIS - now
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
  local reply = { bucket, now }
  for _, window in ipairs(windows) do
    reply[#reply + 1] = window.total
    if window.restarted then save(window) end
  end
  return reply
end

if operation == 'read' then
  local reply = { bucket, now }
  for i, window in ipairs(windows) do
    local amount, limit = tonumber(ARGV[1 + 2 * i]), tonumber(ARGV[2 + 2 * i])
    reply[#reply + 1] = window.total
    reply[#reply + 1] = window.total + amount <= limit and 0 or waitFor(window, amount, limit)
    if window.restarted then save(window) end
  end
  return reply
end

local sequence = windows[1].sequence + 1
local reply = { bucket, now, sequence }

local function allFit()
  for i, window in ipairs(windows) do
    if window.total + tonumber(ARGV[1 + 2 * i]) > tonumber(ARGV[2 + 2 * i]) then return false end
  end
  return true
end

local function chargeAll()
  for i, window in ipairs(windows) do
    add(window, bucket, tonumber(ARGV[1 + 2 * i]))
    reply[#reply + 1] = window.total
  end
end

local function numbers(text)
  local all = {}
  for each in string.gmatch(text, '%d+') do
    all[#all + 1] = tonumber(each)
  end
  return all
end

-- If a charge does not fit now: the index of the one with the longest wait, what its limit has left, and its wait.
local function tooMuch(request, first, charges)
  local full, left, wait
  for index = 1, charges do
    local at = first + 3 * index
    local window, amount, limit = windows[request[at]], request[at + 1], request[at + 2]
    if window.total + amount > limit then
      local each = waitFor(window, amount, limit)
      if not full or wait >= 0 and (each < 0 or each > wait) then
        full, left, wait = index, limit - window.total, each
      end
    end
  end
  return full, left, wait
end

local function reserve(request, first, charges)
  local full, left, wait = tooMuch(request, first, charges)
  reply[#reply + 1] = full and 0 or 1
  if full then
    reply[#reply + 1] = full
    reply[#reply + 1] = left
    reply[#reply + 1] = wait
    return
  end
  for at = first + 3, first + 3 * charges, 3 do
    local window = windows[request[at]]
    add(window, bucket, request[at + 1])
    reply[#reply + 1] = request[at + 2] - window.total
  end
end

if operation == 'settle' then
  for at = 3, #ARGV, 3 do
    local window, delta = windows[tonumber(ARGV[at])], tonumber(ARGV[at + 2])
    if delta > 0 then
      add(window, bucket, delta)
    else
      giveBack(window, tonumber(ARGV[at + 1]), -delta)
    end
  end
else
  local fit = allFit()
  reply[4] = fit and 1 or 0
  if fit then
    chargeAll()
    sequence = sequence + tonumber(ARGV[4 + 2 * #KEYS]) - 1
  else
    local request = numbers(ARGV[3 + 2 * #KEYS])
    local at = 1
    while at <= #request do
      local charges = request[at]
      reserve(request, at - 2, charges)
      at = at + 1 + 3 * charges
      sequence = sequence + 1
    end
    sequence = sequence - 1
  end
end

for i, window in ipairs(windows) do
  save(window, i == 1 and sequence)
end
return reply
