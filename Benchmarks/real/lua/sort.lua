-- Tables and closures: sorting with a comparison function, and a binary heap.
local seed = 42
local function random()
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed
end
local n = 300000
local items = {}
for i = 1, n do items[i] = {key = random() % 1000000, index = i} end
table.sort(items, function(a, b)
  if a.key ~= b.key then return a.key < b.key end
  return a.index < b.index
end)
local sum = 0
for i = 1, n, 1000 do sum = sum + items[i].key * i end
print("sorted", items[1].key, items[n].key, sum)

local heap = {}
local function push(value)
  local i = #heap + 1
  heap[i] = value
  while i > 1 and heap[i // 2] > heap[i] do
    heap[i // 2], heap[i] = heap[i], heap[i // 2]
    i = i // 2
  end
end
local function pop()
  local top, last = heap[1], #heap
  heap[1] = heap[last]
  heap[last] = nil
  local i, count = 1, last - 1
  while true do
    local child = 2 * i
    if child > count then break end
    if child < count and heap[child + 1] < heap[child] then child = child + 1 end
    if heap[i] <= heap[child] then break end
    heap[i], heap[child] = heap[child], heap[i]
    i = child
  end
  return top
end
for _ = 1, n do push(random()) end
local previous, ordered = -1, true
for _ = 1, n do
  local value = pop()
  ordered = ordered and value >= previous
  previous = value
end
print("heap", ordered, previous)
