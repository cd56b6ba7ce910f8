// Strings, arrays, objects as dictionaries, regular expressions, JSON.
var words = [];
var seed = 42;
function random(limit) { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 2147483648 * limit); }
for (var i = 0; i < size; i++) {
    var word = "";
    for (var j = 3 + random(5); j > 0; j--) word += String.fromCharCode(97 + random(6));
    words.push(word);
}
var counts = {};
for (var i = 0; i < words.length; i++) counts[words[i]] = (counts[words[i]] || 0) + 1;
var keys = Object.keys(counts).sort(function (a, b) { return counts[b] - counts[a] || (a < b ? -1 : 1); });
var text = words.join(" ");
var vowels = text.match(/[aeiou]+/g).length;
var upper = text.replace(/\b[a-f]/g, function (letter) { return letter.toUpperCase(); });
var copy = JSON.parse(JSON.stringify({ words: words.slice(0, 500), counts: counts }));
print(keys.slice(0, 5).join(","), vowels, upper.length, copy.words.length, Object.keys(copy.counts).length);
