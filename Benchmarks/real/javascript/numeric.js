// Numbers and arrays: a sieve, a matrix product, a Mandelbrot set.
var limit = size * 4000;
var composite = [];
for (var i = 0; i <= limit; i++) composite.push(false);
var primes = 0;
for (var i = 2; i <= limit; i++) {
    if (composite[i]) continue;
    primes++;
    for (var j = i * i; j <= limit; j += i) composite[j] = true;
}
function matrix(n, f) {
    var rows = [];
    for (var i = 0; i < n; i++) { var row = []; for (var j = 0; j < n; j++) row.push(f(i, j)); rows.push(row); }
    return rows;
}
var n = size, a = matrix(n, function (i, j) { return i + j; }), b = matrix(n, function (i, j) { return i - j; });
var trace = 0;
for (var i = 0; i < n; i++)
    for (var j = 0; j < n; j++) {
        var sum = 0;
        for (var k = 0; k < n; k++) sum += a[i][k] * b[k][j];
        if (i === j) trace += sum;
    }
var inside = 0;
for (var y = 0; y < size; y++)
    for (var x = 0; x < size; x++) {
        var cr = 3 * x / size - 2, ci = 2 * y / size - 1, zr = 0, zi = 0, steps = 0;
        while (zr * zr + zi * zi < 4 && steps < 50) { var t = zr * zr - zi * zi + cr; zi = 2 * zr * zi + ci; zr = t; steps++; }
        if (steps === 50) inside++;
    }
print(primes, trace, inside);
