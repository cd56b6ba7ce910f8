/* Functions with more live values than any machine has registers, deep expressions, variables that live over calls. */
#include <stdint.h>
#include <stdio.h>

#define NOINLINE __attribute__((noinline))

NOINLINE static uint32_t identity(uint32_t x) { return x * 3 + 1; }
NOINLINE static double half(double x) { return x / 2; }

NOINLINE static uint32_t integers(uint32_t a, uint32_t b) {
    uint32_t v0 = a, v1 = b, v2 = a + b, v3 = a ^ b, v4 = a * 3, v5 = b * 5, v6 = a - b, v7 = b - a, v8 = a | b, v9 = a & b;
    uint32_t w0 = a << 1, w1 = b << 2, w2 = a >> 3, w3 = b >> 4, w4 = ~a, w5 = ~b, w6 = a + 7, w7 = b + 11, w8 = a * b, w9 = a % 17;
    for (int i = 0; i < 50; i++) {
        v0 += w9, v1 ^= v0, v2 -= v1, v3 += v2 << 1, v4 ^= v3 >> 2, v5 += v4, v6 ^= v5 * 3, v7 -= v6, v8 += v7, v9 ^= v8;
        w0 += v9, w1 ^= identity(w0), w2 -= w1, w3 += w2 << 3, w4 ^= w3 >> 1, w5 += w4, w6 ^= w5 * 7, w7 -= identity(w6), w8 += w7, w9 ^= w8;
        if (i & 4) {
            uint32_t t = v0;
            v0 = w0, w0 = v5, v5 = w5, w5 = t;
        }
    }
    return v0 ^ v1 ^ v2 ^ v3 ^ v4 ^ v5 ^ v6 ^ v7 ^ v8 ^ v9 ^ w0 ^ w1 ^ w2 ^ w3 ^ w4 ^ w5 ^ w6 ^ w7 ^ w8 ^ w9;
}

NOINLINE static double reals(double a, double b) {
    double v[4] = {a, b, a + b, a - b}, c = a * 2, d = b * 3, e = a * b, f = a / b, g = c + d, h = c - d, k = e + f, l = e - f, m = g * h, n = g / h;
    double o = 1, p = 2, q = 3, r = 4, s = 5, t = 6;
    for (int i = 0; i < 30; i++) {
        c += half(d), d -= e / 3, e += f * 0.5, f = f * 0.25 + g, g -= h, h += half(k), k = k * 0.5 + l, l -= m / 7, m = m * 0.125 + n, n += o;
        o -= p * 0.5, p += half(q), q -= r / 3, r += s * 0.25, s -= half(t), t += v[i & 3] * 0.125;
        v[(i + 1) & 3] = c * 0.01 + t;
    }
    return a + b + c + d + e + f + g + h + k + l + m + n + o + p + q + r + s + t + v[0];
}

NOINLINE static int64_t nested(int64_t a, int64_t b, int c) {
    return ((a + b) * ((a - b) + ((a ^ b) - ((a | b) + ((a & b) * ((a + c) - ((b + c) ^ ((a - c) + ((b - c) * ((a << 1) + ((b << 2) - ((a >> 1) ^ ((b >> 2) + ((a * 3) - ((b * 5) + c))))))))))))))) +
           (c > 0 ? (a > b ? (a > c ? a : c) : (b > c ? b : c)) : (a < b ? (a < c ? a : c) : (b < c ? b : c)));
}

int main(void) {
    for (uint32_t i = 1; i < 6; i++) printf("%08x\n", (unsigned)integers(i * 77777, i * i));
    for (int i = 1; i < 4; i++) printf("%.10g\n", reals(i * 0.5, i + 1));
    for (int i = -3; i < 4; i++) printf("%lld\n", (long long)nested(i * 1000003LL, 77 - i, i));
    return 0;
}
