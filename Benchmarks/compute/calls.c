/* Calls: direct recursion, mutual recursion, calls through tables, many arguments, structs by value. */
#include "bench.h"

#define NOINLINE __attribute__((noinline))

NOINLINE static int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

NOINLINE static int tak(int x, int y, int z) {
    return y >= x ? z : tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}

NOINLINE static int ackermann(int m, int n) {
    return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

NOINLINE static int isOdd(int n);
NOINLINE static int isEven(int n) { return n == 0 ? 1 : isOdd(n - 1) & 1; }
NOINLINE static int isOdd(int n) { return n == 0 ? 0 : isEven(n - 1) | 0; }

typedef uint32_t (*Operation)(uint32_t, uint32_t);
static uint32_t add(uint32_t a, uint32_t b) { return a + b; }
static uint32_t mix(uint32_t a, uint32_t b) { return (a ^ b) * 2654435761u; }
static uint32_t spin(uint32_t a, uint32_t b) { return a << (b & 31) | a >> (-b & 31); }
static uint32_t less(uint32_t a, uint32_t b) { return a - (b >> 3); }

NOINLINE static double many(int a, double b, int64_t c, float d, int e, int f, int g, int h, int i, double j) {
    return a + b * 2 + (double)(c % 1000) + d + e * f - g + h * 3 + i - j;
}

typedef struct { double x, y, z; } Vector;
NOINLINE static Vector cross(Vector a, Vector b) {
    return (Vector){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

int main(int argc, char **argv) {
    int scale = benchSize(argc, argv, 10);
    printf("%d %d %d\n", fibonacci(29 + scale / 2), tak(14 + scale / 2, 12, 6), ackermann(2, 100 * scale));
    int even = 0;
    for (int i = 0; i < 2000 * scale; i++) even += isEven(i % 1000);
    printf("%d\n", even);
    static const Operation operations[] = {add, mix, spin, less, mix, add, less, spin};
    uint32_t value = 1;
    for (int i = 0; i < 8000000 * scale; i++) value = operations[(value ^ i) & 7](value, (uint32_t)i);
    printf("%08x\n", (unsigned)value);
    double sum = 0;
    Vector v = {1, 2, 3};
    for (int i = 0; i < 1000000 * scale; i++) {
        sum += many(i, 0.5, i * 3LL, 0.25f, i & 7, i & 3, 5, i & 15, 1, 2.5);
        v = cross(v, (Vector){0.5, i & 1, 0.25});
        v.x += 1, v.y -= 1;
        if (i % 64 == 0) v = (Vector){1, 2, i & 7};
    }
    printf("%.1f %.6f\n", sum, v.x + v.y + v.z);
    return 0;
}
