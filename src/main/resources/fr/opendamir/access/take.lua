-- Takes from the burst and the daily window of all that are charged, all or none, by the clock of Redis.
-- KEYS     hashes, of the caller and of its site where it has one: the start (ms) and the use of each window
-- ARGV     units to take besides where there are as many; units of the daily windows to settle first;
--          then for each key: burst quota, window (ms), units; daily quota, window (ms), units
-- Units below 0 are given back.
-- Returns  granted (1 or 0), units taken besides, then for each key remaining and ms to the reset of burst and daily.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local more, settled = tonumber(ARGV[1]), tonumber(ARGV[2])

local function window(start, used, quota, length, units)
  start = tonumber(start)
  if not start or now >= start + length or now < start then
    return {start = now, used = 0, quota = quota, length = length, units = units}
  end
  return {start = start, used = tonumber(used), quota = quota, length = length, units = units}
end

local windows, granted = {}, 1
for i, key in ipairs(KEYS) do
  local kept = redis.call('HMGET', key, 'bs', 'bu', 'ds', 'du')
  local at = 2 + (i - 1) * 6
  local function arg(n)
    return tonumber(ARGV[at + n])
  end
  local burst = window(kept[1], kept[2], arg(1), arg(2), arg(3))
  local daily = window(kept[3], kept[4], arg(4), arg(5), arg(6))
  daily.used = math.max(0, math.min(daily.quota, daily.used + settled))
  windows[i] = {burst, daily}
  if burst.used + burst.units > burst.quota or daily.used + daily.units > daily.quota then
    granted = 0
  end
end

local besides, isChanged = 0, settled ~= 0
if granted == 1 then
  besides = more
  for _, pair in ipairs(windows) do
    for _, one in ipairs(pair) do
      one.used = math.max(0, one.used + one.units)
      besides = math.max(0, math.min(besides, one.quota - one.used))
      isChanged = isChanged or one.units ~= 0
    end
  end
  for _, pair in ipairs(windows) do
    pair[1].used = pair[1].used + besides
    pair[2].used = pair[2].used + besides
  end
end

local reply = {granted, besides}
for i, key in ipairs(KEYS) do
  local burst, daily = windows[i][1], windows[i][2]
  if isChanged then
    redis.call('HSET', key, 'bs', burst.start, 'bu', burst.used, 'ds', daily.start, 'du', daily.used)
    redis.call('PEXPIRE', key, math.max(burst.start + burst.length, daily.start + daily.length) - now)
  end
  for _, one in ipairs(windows[i]) do
    table.insert(reply, one.quota - one.used)
    table.insert(reply, one.used == 0 and 0 or one.start + one.length - now)
  end
end
return reply
