/**
 * The budget's rules in Lua, the same as those of the SQL functions. State is one JSON text per account and one per
 * integration in it, so a try is one atomic call on any Redis set-up, cluster included. Numbers are milliseconds of the
 * Redis server's clock.
 */
const STATE = `
local function load(key)
  local text = redis.call('GET', key)
  return text and cjson.decode(text) or nil
end
local function loadAccount(key)
  return load(key) or { grants = {}, pace = 1, paceAt = 0, slowedAt = 0, pausedUntil = 0 }
end
local function loadIntegration(key)
  return load(key) or { grants = {}, skipped = { 0, 0, 0 }, waiting = {} }
end
local function save(key, state)
  -- Past this the budget is as good as new: the pace has grown back and no pause is left.
  redis.call('SET', key, cjson.encode(state), 'PX', 1800000)
end
local function clock()
  local t = redis.call('TIME')
  return tonumber(t[1]) * 1000 + tonumber(t[2]) / 1000
end
local function paceAt(account, at)
  return math.min(1, account.pace + 0.05 * math.max(0, at - account.paceAt) / 10000)
end
`;

const WINDOW = `
-- A lower rate keeps the burst small: fewer slots first, then a longer window.
local function windowOf(grants, rate, windowMs, at)
  local slots = math.ceil(rate)
  local span = windowMs * slots / rate
  local recent = {}
  for _, g in ipairs(grants) do
    -- A clock that was set back must not freeze the account.
    if g > at - span then recent[#recent + 1] = math.min(g, at) end
  end
  table.sort(recent)
  local last = recent[#recent - slots + 1]
  return { recent = recent, free = slots - #recent, roomIn = last and math.max(0, last + span - at) or 0 }
end
`;

/**
 * KEYS: account, integration. ARGV: client, waiting × 3, perSecond, accountPerSecond, windowMs. Answers {lane or 0, text
 * of wait or grant time, text of the pace, 1 when the account is paused}.
 */
export const TAKE_SCRIPT = `${STATE}${WINDOW}
local client = ARGV[1]
local mine = { tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]) }
local account = loadAccount(KEYS[1])
local state = loadIntegration(KEYS[2])
local at = clock()
local pace = paceAt(account, at)
local own = windowOf(state.grants, math.max(1, tonumber(ARGV[5]) * pace), tonumber(ARGV[7]), at)
local whole = windowOf(account.grants, math.max(1, tonumber(ARGV[6]) * pace), tonumber(ARGV[7]), at)
local free = math.min(own.free, whole.free)
account.pausedUntil = math.min(account.pausedUntil, at + 900000)
local paused = account.pausedUntil > at
if paused then free = 0 end
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
  own.recent[#own.recent + 1] = at
  whole.recent[#whole.recent + 1] = at
  mine[lane] = mine[lane] - 1
  for l = 1, 3 do
    if l == lane or mine[l] + others[l] == 0 then state.skipped[l] = 0 else state.skipped[l] = state.skipped[l] + 1 end
  end
  state.lastClient = client
elseif free > 0 then
  wait = 10
else
  wait = math.max(account.pausedUntil - at, own.roomIn, whole.roomIn, 1)
  if state.lastClient == client and anyOther then wait = wait + 3 end
end
if mine[1] + mine[2] + mine[3] > 0 then
  state.waiting[client] = { at + wait + 500, mine[1], mine[2], mine[3] }
end
state.grants = own.recent
account.grants = whole.recent
save(KEYS[1], account)
save(KEYS[2], state)
return { lane or 0, string.format('%.3f', lane and at or wait), string.format('%.4f', pace), paused and 1 or 0 }
`;

/** KEYS: account. ARGV: pauseMs. */
export const SLOW_DOWN_SCRIPT = `${STATE}
local account = loadAccount(KEYS[1])
local at = clock()
if account.slowedAt < at - 1000 or account.slowedAt > at then
  account.pace = math.max(0.02, 0.7 * paceAt(account, at))
  account.paceAt = at
  account.slowedAt = at
end
account.pausedUntil = math.max(account.pausedUntil, at + tonumber(ARGV[1]))
save(KEYS[1], account)
return 1
`;

/** KEYS: account, integration. ARGV: time of the grant, lateMs. */
export const POSTPONE_SCRIPT = `${STATE}
local at, late = tonumber(ARGV[1]), tonumber(ARGV[2])
for _, key in ipairs(KEYS) do
  local state = load(key)
  -- Times are stored to a tenth of a millisecond.
  local place, distance = nil, 0.2
  for i, g in ipairs(state and state.grants or {}) do
    if math.abs(g - at) < distance then place, distance = i, math.abs(g - at) end
  end
  if place then
    state.grants[place] = state.grants[place] + late
    save(key, state)
  end
end
return 1
`;
