/* Bit tricks, 32 and 64 bits wide: counting, reversing, rotating, spreading, packing. */
#include <inttypes.h>
#include <stdio.h>

static uint32_t reverse(uint32_t x) {
    x = (x >> 1 & 0x55555555) | (x & 0x55555555) << 1;
    x = (x >> 2 & 0x33333333) | (x & 0x33333333) << 2;
    x = (x >> 4 & 0x0F0F0F0F) | (x & 0x0F0F0F0F) << 4;
    return __builtin_bswap32(x);
}
static uint64_t spread(uint32_t n) {
    uint64_t x = n;
    x = (x | x << 16) & 0x0000FFFF0000FFFF;
    x = (x | x << 8) & 0x00FF00FF00FF00FF;
    x = (x | x << 4) & 0x0F0F0F0F0F0F0F0F;
    x = (x | x << 2) & 0x3333333333333333;
    return (x | x << 1) & 0x5555555555555555;
}
static uint32_t rotateLeft(uint32_t x, unsigned n) { return x << (n & 31) | x >> (-n & 31); }
static uint64_t rotateRight(uint64_t x, unsigned n) { return x >> (n & 63) | x << (-n & 63); }
static int leading(uint32_t x) { return x ? __builtin_clz(x) : 32; }
static int trailing(uint64_t x) { return x ? __builtin_ctzll(x) : 64; }
static uint32_t nextPermutation(uint32_t v) {
    uint32_t t = v | (v - 1);
    return (t + 1) | (((~t & -~t) - 1) >> (__builtin_ctz(v) + 1));
}

int main(void) {
    uint32_t x = 0xDEADBEEF;
    for (int i = 0; i < 32; i++) {
        uint64_t wide = (uint64_t)x << 32 | reverse(x);
        printf("%08" PRIx32 " %08" PRIx32 " %d %d %d %016" PRIx64 " %08" PRIx32 " %016" PRIx64 " %08" PRIx32 "\n", x, reverse(x), __builtin_popcount(x),
               leading(x >> i), trailing((uint64_t)x << i), spread(x), rotateLeft(x, (unsigned)i), rotateRight(wide, (unsigned)i * 3), x ^ x >> 1);
        x = x * 1664525 + 1013904223;
    }
    uint32_t v = 0x1F;
    for (int i = 0; i < 20; i++) v = nextPermutation(v);
    printf("%" PRIx32 " %d %d\n", v, __builtin_parity(v), __builtin_ffs((int)v));
    uint32_t crc = ~0u, gray = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        crc ^= i & 255;
        for (int k = 0; k < 8; k++) crc = crc >> 1 ^ (0xEDB88320u & -(crc & 1));
        gray ^= (i ^ i >> 1) << (i & 7);
    }
    printf("%08" PRIx32 " %08" PRIx32 "\n", ~crc, gray);
    uint64_t lfsr = 1;
    for (int i = 0; i < 1000; i++) lfsr = lfsr >> 1 ^ (-(lfsr & 1) & 0xD800000000000000u);
    printf("%016" PRIx64 " %d %d\n", lfsr, __builtin_clzll(lfsr), __builtin_popcountll(lfsr));
    return 0;
}
