-- Objects, metatables, closures and the collector: a simulated queueing network with inheritance, and binary trees.
local Account = {}
Account.__index = Account
function Account.new(balance) return setmetatable({balance = balance}, Account) end
function Account:deposit(v) self.balance = self.balance + v end
local Savings = setmetatable({}, {__index = Account})
Savings.__index = Savings
function Savings.new(balance, rate)
  local object = Account.new(balance)
  object.rate = rate
  return setmetatable(object, Savings)
end
function Savings:accrue() self:deposit(self.balance * self.rate // 100) end
local accounts = {}
for i = 1, 200 do accounts[i] = Savings.new(1000 + i, i % 7) end
for round = 1, 10000 do
  for i = 1, #accounts do
    accounts[i]:deposit(round % 11)
    if round % 2000 == 0 then accounts[i]:accrue() end
  end
end
local sum = 0
for i = 1, #accounts do sum = sum + accounts[i].balance end
print("balance", sum)

local function tree(depth)
  if depth == 0 then return {} end
  return {tree(depth - 1), tree(depth - 1)}
end
local function check(node) return node[1] and 1 + check(node[1]) + check(node[2]) or 1 end
local total = 0
for _ = 1, 100 do total = total + check(tree(12)) end
print("nodes", total)

local Vector = {}
Vector.__index = Vector
Vector.__add = function(a, b) return setmetatable({a[1] + b[1], a[2] + b[2]}, Vector) end
Vector.__mul = function(a, s) return setmetatable({a[1] * s, a[2] * s}, Vector) end
Vector.__eq = function(a, b) return a[1] == b[1] and a[2] == b[2] end
Vector.__tostring = function(a) return "(" .. a[1] .. ", " .. a[2] .. ")" end
local v = setmetatable({0, 0}, Vector)
local step = setmetatable({1, 2}, Vector)
for i = 1, 600000 do v = v + step * (i % 3) end
print("vector", tostring(v), v == setmetatable({600000, 1200000}, Vector))
local function counter() local n = 0 return function() n = n + 1 return n end end
local last
for _ = 1, 1000 do
  local c = counter()
  for _ = 1, 200 do last = c() end
end
print("counter", last, collectgarbage("count") > 0)
