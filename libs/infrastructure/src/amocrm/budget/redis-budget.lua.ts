/**
 * The budget's rules in Lua, the same as those of the SQL functions. State is one JSON text per key, so a try is one
 * atomic call on any Redis set-up, cluster included. Numbers are milliseconds of the Redis server's clock.
 */
const STATE = `
local function load(key)
  local text = redis.call('GET', key)
  if text then return cjson.decode(text) end
  return { grants = {}, rateAt = 0, slowedAt = 0, pausedUntil = 0, skipped = { 0, 0, 0 }, waiting = {} }
end
local function save(key, state)
  -- Past this the budget is as good as new: the rate has grown back and no pause is left.
  redis.call('SET', key, cjson.encode(state), 'PX', 1800000)
end
local function clock()
  local t = redis.call('TIME')
  return tonumber(t[1]) * 1000 + tonumber(t[2]) / 1000
end
local function rateAt(state, perSecond, at)
  if not state.rate then return perSecond end
  return math.min(perSecond, state.rate + 0.05 * perSecond * math.max(0, at - state.rateAt) / 10000)
end
`;

/** KEYS: state. ARGV: client, waiting × 3, perSecond, windowMs. Answers {lane or 0, text of wait or grant time}. */
export const ACQUIRE_SCRIPT = `${STATE}
local client = ARGV[1]
local mine = { tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]) }
local state = load(KEYS[1])
local at = clock()
local rate = rateAt(state, tonumber(ARGV[5]), at)
local slots = math.ceil(rate)
local span = tonumber(ARGV[6]) * slots / rate

local recent = {}
for _, g in ipairs(state.grants) do
  if g > at - span then recent[#recent + 1] = math.min(g, at) end
end
table.sort(recent)
local free = slots - #recent
state.pausedUntil = math.min(state.pausedUntil, at + 900000)
if state.pausedUntil > at then free = 0 end

local others = { 0, 0, 0 }
local anyOther = false
for name, entry in pairs(state.waiting) do
  if name == client or entry[1] < at then
    state.waiting[name] = nil
  else
    for l = 1, 3 do others[l] = others[l] + entry[l + 1] end
    anyOther = true
  end
end

local overdueAfter, overdue = { 1000000, 6, 13 }, nil
for _, l in ipairs({ 3, 2 }) do
  if not overdue and state.skipped[l] >= overdueAfter[l] and mine[l] + others[l] > 0 then overdue = l end
end
local lane, wait, ahead = nil, 0, 0
for l = 1, 3 do
  local mayGo
  if overdue then mayGo = free > 0 and l == overdue else mayGo = free > ahead end
  if not lane and mine[l] > 0 and mayGo then lane = l end
  ahead = ahead + others[l]
end

if lane then
  recent[#recent + 1] = at
  mine[lane] = mine[lane] - 1
  for l = 1, 3 do
    if l == lane or mine[l] + others[l] == 0 then state.skipped[l] = 0 else state.skipped[l] = state.skipped[l] + 1 end
  end
  state.lastClient = client
elseif free > 0 then
  wait = 10
else
  local oldest = recent[#recent - slots + 1]
  wait = math.max(state.pausedUntil - at, oldest and oldest + span - at or 0, 1)
  if state.lastClient == client and anyOther then wait = wait + 3 end
end

if mine[1] + mine[2] + mine[3] > 0 then
  state.waiting[client] = { at + wait + 500, mine[1], mine[2], mine[3] }
end
state.grants = recent
save(KEYS[1], state)
return { lane or 0, string.format('%.3f', lane and at or wait) }
`;

/** KEYS: state. ARGV: perSecond, pauseMs. */
export const SLOW_DOWN_SCRIPT = `${STATE}
local state = load(KEYS[1])
local at = clock()
if state.slowedAt < at - 1000 or state.slowedAt > at then
  state.rate = math.max(1, 0.7 * rateAt(state, tonumber(ARGV[1]), at))
  state.rateAt = at
  state.slowedAt = at
end
state.pausedUntil = math.max(state.pausedUntil, at + tonumber(ARGV[2]))
save(KEYS[1], state)
return 1
`;

/** KEYS: state. ARGV: time of the grant, lateMs. */
export const POSTPONE_SCRIPT = `${STATE}
local state = load(KEYS[1])
local at = tonumber(ARGV[1])
-- Times are stored to a tenth of a millisecond.
local place, distance = nil, 0.2
for i, g in ipairs(state.grants) do
  if math.abs(g - at) < distance then place, distance = i, math.abs(g - at) end
end
if place then
  state.grants[place] = state.grants[place] + tonumber(ARGV[2])
  save(KEYS[1], state)
end
return 1
`;
