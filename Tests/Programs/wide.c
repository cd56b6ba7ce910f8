/* 128-bit integers, which the compiler builds from 64-bit halves: products, sums, shifts, comparisons. */
#include <stdint.h>
#include <stdio.h>

typedef unsigned __int128 Wide;
typedef __int128 SignedWide;

static void print(const char *label, Wide value) {
    printf("%s %016llx%016llx\n", label, (unsigned long long)(value >> 64), (unsigned long long)value);
}

int main(void) {
    volatile uint64_t seed = 0x9E3779B97F4A7C15u;
    Wide a = (Wide)seed * seed, b = (Wide)seed << 60 | 12345;
    print("product", a);
    print("sum", a + b);
    print("difference", b - a);
    print("wide product", a * b);
    for (int shift = 0; shift < 128; shift += 17) {
        print("left", a << shift);
        print("right", a >> shift);
        print("arithmetic", (Wide)((SignedWide)(a | (Wide)1 << 127) >> shift));
    }
    printf("%d %d %d %d\n", a < b, a > b, (SignedWide)a < (SignedWide)b, a == b);
    Wide power = 1;
    for (int i = 0; i < 80; i++) power = power * 3 + 1;
    print("power", power);
    return 0;
}
