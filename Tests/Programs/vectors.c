/* 128-bit vectors of every shape (built with -msimd128): arithmetic, comparisons, shifts, shuffles, conversions, lanes. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef int8_t Bytes __attribute__((vector_size(16)));
typedef uint8_t UnsignedBytes __attribute__((vector_size(16)));
typedef int16_t Shorts __attribute__((vector_size(16)));
typedef uint16_t UnsignedShorts __attribute__((vector_size(16)));
typedef int32_t Ints __attribute__((vector_size(16)));
typedef uint32_t UnsignedInts __attribute__((vector_size(16)));
typedef int64_t Longs __attribute__((vector_size(16)));
typedef uint64_t UnsignedLongs __attribute__((vector_size(16)));
typedef float Floats __attribute__((vector_size(16)));
typedef double Doubles __attribute__((vector_size(16)));
typedef float FloatsHalf __attribute__((vector_size(8)));

#define NOINLINE __attribute__((noinline))

static uint64_t hash = 14695981039346656037u;

NOINLINE static void mix(const void *vector) {
    const unsigned char *p = vector;
    for (int i = 0; i < 16; i++) hash = (hash ^ p[i]) * 1099511628211u;
}
#define MIX(value)                    \
    do {                              \
        __typeof__(value) v = value;  \
        mix(&v);                      \
    } while (0)

static void report(const char *name) { printf("%s %016llx\n", name, (unsigned long long)hash); }

#define INTEGER(name, Type, bits)                                                               \
    NOINLINE static void name(Type a, Type b) {                                                 \
        MIX(a + b); MIX(a - b); MIX(a * b); MIX(-a); MIX(a & b); MIX(a | b); MIX(a ^ b); MIX(~a); \
        MIX(a == b); MIX(a != b); MIX(a < b); MIX(a > b); MIX(a <= b); MIX(a >= b);             \
        for (int n = 0; n < bits; n += 3) {                                                     \
            MIX(a << n);                                                                        \
            MIX(a >> n);                                                                        \
        }                                                                                       \
        MIX((a & (Type)(a > b)) | (b & ~(Type)(a > b)));                                        \
        MIX((a & (Type)(a < b)) | (b & ~(Type)(a < b)));                                        \
    }

INTEGER(bytes, Bytes, 8)
INTEGER(unsignedBytes, UnsignedBytes, 8)
INTEGER(shorts, Shorts, 16)
INTEGER(unsignedShorts, UnsignedShorts, 16)
INTEGER(ints, Ints, 32)
INTEGER(unsignedInts, UnsignedInts, 32)
INTEGER(longs, Longs, 64)
INTEGER(unsignedLongs, UnsignedLongs, 64)

#define REAL(name, Type)                                                            \
    NOINLINE static void name(Type a, Type b) {                                     \
        MIX(a + b); MIX(a - b); MIX(a * b); MIX(a / b); MIX(-a);                    \
        MIX(a == b); MIX(a != b); MIX(a < b); MIX(a > b); MIX(a <= b); MIX(a >= b); \
    }

REAL(floats, Floats)
REAL(doubles, Doubles)

NOINLINE static void shuffles(Bytes a, Bytes b, Ints c, Ints d) {
    MIX(__builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    MIX(__builtin_shufflevector(a, b, 31, 0, 30, 1, 29, 2, 28, 3, 27, 4, 26, 5, 25, 6, 24, 7));
    MIX(__builtin_shufflevector(a, a, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    MIX(__builtin_shufflevector(a, b, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20));
    MIX(__builtin_shufflevector(c, d, 3, 2, 1, 0));
    MIX(__builtin_shufflevector(c, d, 0, 4, 1, 5));
    MIX(__builtin_shufflevector(c, c, 2, 2, 2, 2));
    for (volatile int i = 0; i < 4; i++) {
        int lane = i;
        c[lane] = d[3 - lane] + lane;
        a[lane * 3] = (int8_t)c[lane];
        MIX(c);
        MIX(a);
    }
}

NOINLINE static void conversions(Ints a, Floats f, Doubles d, Shorts s, Bytes b) {
    MIX(__builtin_convertvector(a, Floats));
    MIX(__builtin_convertvector((UnsignedInts)a, Floats));
    MIX(__builtin_convertvector(f, Ints));
    MIX(__builtin_convertvector(__builtin_convertvector(d, FloatsHalf), Doubles));
    MIX(__builtin_convertvector(__builtin_shufflevector(a, a, 0, 1), Doubles));
    MIX(__builtin_convertvector(__builtin_shufflevector(a, a, 0, 1), Longs));
    MIX(__builtin_convertvector(__builtin_shufflevector(s, s, 4, 5, 6, 7), Ints));
    MIX(__builtin_convertvector(__builtin_shufflevector(b, b, 0, 1, 2, 3, 4, 5, 6, 7), Shorts));
    MIX(__builtin_convertvector(__builtin_shufflevector((UnsignedBytes)b, (UnsignedBytes)b, 8, 9, 10, 11, 12, 13, 14, 15), UnsignedShorts));
}

/* Loops that the compiler vectorizes. */
NOINLINE static int sumOfAbsoluteDifferences(const uint8_t *a, const uint8_t *b, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) sum += a[i] > b[i] ? a[i] - b[i] : b[i] - a[i];
    return sum;
}
NOINLINE static void saturate(const int16_t *in, uint8_t *out, int count) {
    for (int i = 0; i < count; i++) out[i] = (uint8_t)(in[i] < 0 ? 0 : in[i] > 255 ? 255 : in[i]);
}
NOINLINE static int dot(const int16_t *a, const int16_t *b, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) sum += a[i] * b[i];
    return sum;
}
NOINLINE static void axpy(float factor, const float *x, float *y, int count) {
    for (int i = 0; i < count; i++) y[i] += factor * x[i];
}

int main(void) {
    uint64_t seed = 88172645463325252u;
    for (int round = 0; round < 20; round++) {
        UnsignedLongs a, b;
        for (int i = 0; i < 2; i++) {
            seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
            a[i] = seed, b[i] = round % 4 == 0 ? seed ^ (seed >> 40) : seed * 0x9E3779B97F4A7C15u;
        }
        bytes((Bytes)a, (Bytes)b), unsignedBytes((UnsignedBytes)a, (UnsignedBytes)b);
        shorts((Shorts)a, (Shorts)b), unsignedShorts((UnsignedShorts)a, (UnsignedShorts)b);
        ints((Ints)a, (Ints)b), unsignedInts((UnsignedInts)a, (UnsignedInts)b);
        longs((Longs)a, (Longs)b), unsignedLongs(a, b);
        Floats f = {(float)round, 1.5f, -2.25f, 1e10f}, g = {0.5f, (float)round - 10, 3.0f, -1e-10f};
        Doubles d = {round * 1.25, -3.5}, e = {2.0, 1e100};
        floats(f, g), doubles(d, e);
        shuffles((Bytes)a, (Bytes)b, (Ints)a, (Ints)b);
        conversions((Ints)b, f * 0.125f, d * e, (Shorts)a, (Bytes)b);
        report("round");
    }
    static uint8_t p[1000], q[1000];
    static int16_t s[1000], t[1000];
    static float x[1000], y[1000];
    for (int i = 0; i < 1000; i++) {
        p[i] = (uint8_t)(i * 7), q[i] = (uint8_t)(i * 13 + 5), s[i] = (int16_t)(i * 37 - 18000), t[i] = (int16_t)(500 - i);
        x[i] = (float)i * 0.5f, y[i] = (float)(i % 17);
    }
    axpy(0.25f, x, y, 1000);
    printf("%d %d %.3f\n", sumOfAbsoluteDifferences(p, q, 1000), dot(s, t, 1000), (double)(y[999] + y[17]));
    saturate(t, p, 1000);
    for (int i = 0; i + 16 <= 1000; i += 16) mix(p + i);
    report("saturated");
    return 0;
}
