-- Takes from the burst and the daily window of a caller, all or none, by the clock of Redis.
-- KEYS[1]  the caller's hash: the start (ms) and the use of each window
-- ARGV     burst quota, window (ms), units; daily quota, window (ms), units;
--          units to take besides where there are as many; units of the daily window to settle first
-- Units below 0 are given back.
-- Returns  granted (1 or 0), units taken besides, then remaining and ms to the reset of burst and daily.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 'bs', 'bu', 'ds', 'du')

local function window(start, used, length)
  start = tonumber(start)
  if not start or now >= start + length or now < start then
    return now, 0
  end
  return start, tonumber(used)
end

local burst, burstLength, burstUnits = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local daily, dailyLength, dailyUnits = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local more, settled = tonumber(ARGV[7]), tonumber(ARGV[8])
local burstStart, burstUsed = window(kept[1], kept[2], burstLength)
local dailyStart, dailyUsed = window(kept[3], kept[4], dailyLength)
dailyUsed = math.max(0, math.min(daily, dailyUsed + settled))

local granted, besides = 0, 0
if burstUsed + burstUnits <= burst and dailyUsed + dailyUnits <= daily then
  granted = 1
  burstUsed = math.max(0, burstUsed + burstUnits)
  dailyUsed = math.max(0, dailyUsed + dailyUnits)
  besides = math.max(0, math.min(more, burst - burstUsed, daily - dailyUsed))
  burstUsed = burstUsed + besides
  dailyUsed = dailyUsed + besides
end
if settled ~= 0 or (granted == 1 and (burstUnits ~= 0 or dailyUnits ~= 0)) then
  redis.call('HSET', KEYS[1], 'bs', burstStart, 'bu', burstUsed, 'ds', dailyStart, 'du', dailyUsed)
  redis.call('PEXPIRE', KEYS[1], math.max(burstStart + burstLength, dailyStart + dailyLength) - now)
end
return {granted, besides,
  burst - burstUsed, burstUsed == 0 and 0 or burstStart + burstLength - now,
  daily - dailyUsed, dailyUsed == 0 and 0 or dailyStart + dailyLength - now}
