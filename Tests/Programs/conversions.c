/* Conversions between integers and floating point of both widths, reinterpretation, promotion and demotion. */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const int64_t integers[] = {0, 1, -1, 127, -128, 16777215, 16777216, 16777217, -16777219, 2147483647, -2147483648, 4294967295, 4294967296,
                                   9007199254740991, 9007199254740992, 9007199254740993, -9007199254740995, 4611686018427387905, INT64_MAX, INT64_MIN};
static const double numbers[] = {0.0, -0.0, 0.9999999, -0.9999999, 1.5, -1.5, 127.9, -128.9, 16777217.0, 2147483646.9, -2147483648.9, 2147483583.0, 1e9, -1e9, 123456.789};
static const double unsignedNumbers[] = {0.0, -0.9, 0.5, 2147483648.0, 4294967040.0, 4294967295.5, 3e9};
static const double wideNumbers[] = {1e18, -1e18, 9007199254740993.0, -9223372036854775808.0, 9223372036854774784.0, 4294967296.5};
static const double wideUnsigned[] = {1e19, 18446744073709549568.0, 9223372036854775808.0, 0.99, 4294967297.0};

#define EACH(array) for (size_t i = 0; i < sizeof(array) / sizeof(array)[0]; i++)

int main(void) {
    EACH(integers) {
        volatile int64_t n = integers[i];
        printf("%" PRId64 ": %.17g %.17g %.9g %.9g", n, (double)n, (double)(uint64_t)n, (double)(float)n, (double)(float)(uint64_t)n);
        printf(" %.17g %.17g %.9g %.9g\n", (double)(int32_t)n, (double)(uint32_t)n, (double)(float)(int32_t)n, (double)(float)(uint32_t)n);
    }
    EACH(numbers) {
        volatile double x = numbers[i];
        volatile float f = (float)x;
        printf("%.17g: %d %" PRId64 " %" PRId64 " %.9g\n", x, (int32_t)x, (int64_t)x, (int64_t)f, (double)f);
    }
    EACH(unsignedNumbers) {
        volatile double x = unsignedNumbers[i];
        printf("%.17g: %u\n", x, (uint32_t)x);
    }
    EACH(wideNumbers) {
        volatile double x = wideNumbers[i];
        printf("%.17g: %" PRId64 "\n", x, (int64_t)x);
    }
    EACH(wideUnsigned) {
        volatile double x = wideUnsigned[i];
        volatile float f = (float)x;
        printf("%.17g: %" PRIu64 " %" PRIu64 "\n", x, (uint64_t)x, f < 1.8e19f ? (uint64_t)f : 0);
    }
    static const double demoted[] = {1.0000000596046448, 1.0000001788139343, FLT_MAX, 3.4028235677973366e38, 3.5e38, 1e-45, 7e-46, 1.1754942e-38, -1e-50, 0.1};
    EACH(demoted) {
        volatile double x = demoted[i];
        volatile float f = (float)x;
        uint32_t bits;
        memcpy(&bits, (const void *)&f, 4);
        printf("%.17g: %08x %.17g\n", x, bits, (double)f);
    }
    union { double d; uint64_t u; float f[2]; uint32_t w[2]; } pun;
    pun.d = -1.0 / 3;
    printf("%016" PRIx64 " %08x %08x\n", pun.u, pun.w[0], pun.w[1]);
    pun.w[0] = 0x40490fdb, pun.w[1] = 0xc2f6e979;
    printf("%.7g %.7g %016" PRIx64 "\n", (double)pun.f[0], (double)pun.f[1], pun.u);
    printf("%d %d %d\n", isnan(NAN), isinf((float)(volatile double){1e300}), (int)lrint((volatile double){2.5}));
    return 0;
}
