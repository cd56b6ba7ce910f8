-- Strings: formatting, patterns, substitution, concatenation, string keys.
local words = {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"}
local parts = {}
for i = 1, 250000 do
  parts[#parts + 1] = string.format("%s-%05d:%.3f", words[i % #words + 1], i, i / 7)
end
local text = table.concat(parts, " ")
print("length", #text)
local count, total = {}, 0
for word, number in text:gmatch("(%a+)%-(%d+)") do
  count[word] = (count[word] or 0) + 1
  total = total + tonumber(number)
end
local names = {}
for name in pairs(count) do names[#names + 1] = name end
table.sort(names)
for _, name in ipairs(names) do print(name, count[name]) end
print("total", total)
local replaced, n = text:gsub("(%d+)%.(%d+)", "%2.%1")
print("replaced", n, #replaced, replaced:sub(1, 60))
print("upper", (text:upper():find("KAPPA%-00099")))
local reversed = text:reverse()
local hash = 0
for i = 1, #reversed, 3 do hash = (hash * 31 + reversed:byte(i)) % 4294967296 end
print("hash", hash)
