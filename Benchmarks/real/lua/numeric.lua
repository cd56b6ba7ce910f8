-- Floating point and integers: n-body, a sieve, matrix product, 64-bit integer arithmetic.
local sqrt = math.sqrt
local bodies = {
  {0, 0, 0, 0, 0, 0, 39.4784176},
  {4.84143144, -1.16032004, -0.10362204, 0.60632639, 2.81198684, -0.02521836, 0.03769367},
  {8.34336671, 4.12479856, -0.40352341, -1.01077434, 1.82566237, 0.00841576, 0.01128632},
  {12.8943695, -15.1111514, -0.22330757, 1.08279101, 0.86871301, -0.01083263, 0.00172372},
}
local function advance(dt)
  for i = 1, #bodies do
    local a = bodies[i]
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx, dy, dz = a[1] - b[1], a[2] - b[2], a[3] - b[3]
      local d2 = dx * dx + dy * dy + dz * dz
      local mag = dt / (d2 * sqrt(d2))
      a[4], a[5], a[6] = a[4] - dx * b[7] * mag, a[5] - dy * b[7] * mag, a[6] - dz * b[7] * mag
      b[4], b[5], b[6] = b[4] + dx * a[7] * mag, b[5] + dy * a[7] * mag, b[6] + dz * a[7] * mag
    end
  end
  for i = 1, #bodies do
    local a = bodies[i]
    a[1], a[2], a[3] = a[1] + dt * a[4], a[2] + dt * a[5], a[3] + dt * a[6]
  end
end
for _ = 1, 300000 do advance(0.01) end
for i = 1, #bodies do print(string.format("body %d %.9f %.9f %.9f", i, bodies[i][1], bodies[i][2], bodies[i][3])) end

local limit = 3000000
local composite, primes = {}, 0
for i = 2, limit do
  if not composite[i] then
    primes = primes + 1
    for j = i * i, limit, i do composite[j] = true end
  end
end
print("primes", primes)

local n = 160
local function matrix(f)
  local m = {}
  for i = 1, n do
    m[i] = {}
    for j = 1, n do m[i][j] = f(i, j) end
  end
  return m
end
local a, b = matrix(function(i, j) return i / j end), matrix(function(i, j) return j - i end)
local trace = 0.0
for i = 1, n do
  for j = 1, n do
    local sum = 0.0
    for k = 1, n do sum = sum + a[i][k] * b[k][j] end
    if i == j then trace = trace + sum end
  end
end
print(string.format("trace %.6f", trace))

local x = 88172645463325252
for _ = 1, 5000000 do
  x = x ~ (x << 13)
  x = x ~ (x >> 7)
  x = x ~ (x << 17)
end
print("xorshift", x, x // 1000, x % 1000)
