/* Floating point: arithmetic, comparisons, rounding functions and their special cases, both widths. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The bits of a number; every NaN prints alike, for the payload and sign that an operation makes are not defined. */
static unsigned long long bits64(double x) {
    uint64_t bits;
    if (x != x) x = (double)NAN;
    memcpy(&bits, &x, 8);
    return x != x ? 0x7ff8000000000000u : bits;
}

static unsigned bits32(float x) {
    uint32_t bits;
    memcpy(&bits, &x, 4);
    return x != x ? 0x7fc00000u : bits;
}

static const double values[] = {0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 0.49999999999999994, 1e-310, -5e-324, 3.7, -3.7, 4503599627370497.5,
                                9007199254740993.0, 1e300, -1e300, 1.7976931348623157e308, INFINITY, -INFINITY, NAN};
enum { count = sizeof values / sizeof values[0] };

int main(void) {
    for (int i = 0; i < count; i++) {
        volatile double x = values[i];
        volatile float f = (float)values[i];
        printf("%d: %016llx %016llx %016llx %016llx %016llx %016llx %016llx\n", i, bits64(ceil(x)), bits64(floor(x)), bits64(trunc(x)), bits64(rint(x)),
               bits64(sqrt(x)), bits64(fabs(x)), bits64(-x));
        printf("   %08x %08x %08x %08x %08x %08x %08x\n", bits32(ceilf(f)), bits32(floorf(f)), bits32(truncf(f)), bits32(rintf(f)), bits32(sqrtf(f)),
               bits32(fabsf(f)), bits32(-f));
        unsigned long long hash = 0;
        unsigned small = 0;
        for (int j = 0; j < count; j++) {
            volatile double y = values[j];
            volatile float g = (float)values[j];
            hash = hash * 1099511628211u + bits64(x + y);
            hash = hash * 1099511628211u + bits64(x - y);
            hash = hash * 1099511628211u + bits64(x * y);
            hash = hash * 1099511628211u + bits64(x / y);
            hash = hash * 1099511628211u + bits64(copysign(x, y));
            hash = hash * 1099511628211u + (unsigned)((x < y) | (x <= y) << 1 | (x > y) << 2 | (x >= y) << 3 | (x == y) << 4 | (x != y) << 5);
            small = small * 16777619u + bits32(f + g);
            small = small * 16777619u + bits32(f - g);
            small = small * 16777619u + bits32(f * g);
            small = small * 16777619u + bits32(f / g);
            small = small * 16777619u + bits32(copysignf(f, g));
            small = small * 16777619u + (unsigned)((f < g) | (f <= g) << 1 | (f > g) << 2 | (f >= g) << 3 | (f == g) << 4 | (f != g) << 5);
            if (!(x < y)) small += 3;
            if (!(x >= y)) small += 5;
            if (x == y) small += 7;
            small += x > y ? 11 : 13;
        }
        printf("   %016llx %08x\n", hash, small);
    }
    double sum = 0, harmonic = 0;
    for (int i = 1; i <= 1000; i++) sum += 0.1, harmonic += 1.0 / i;
    printf("%.17g %.17g %.9g\n", sum, harmonic, (double)(float)harmonic);
    float single = 0;
    for (int i = 0; i < 1000; i++) single += 0.1f;
    printf("%.9g %.9g\n", (double)single, (double)(single * 3.0f));
    return 0;
}
