/* Sieve of Eratosthenes on bits in segments, then a plain one on bytes: loads, stores, shifts. */
#include "bench.h"

int main(int argc, char **argv) {
    uint32_t limit = (uint32_t)benchSize(argc, argv, 300) * 1000000u;
    uint32_t words = limit / 64 + 1;
    uint32_t *bits = calloc(words, sizeof *bits); /* odd numbers only */
    uint32_t half = limit / 2, count = 1;
    for (uint32_t i = 1; i < half; i++) {
        if (bits[i >> 5] >> (i & 31) & 1) continue;
        count++;
        uint32_t prime = 2 * i + 1;
        if (prime > 65535) continue;
        for (uint32_t j = (prime * prime) / 2; j < half; j += prime) bits[j >> 5] |= 1u << (j & 31);
    }
    uint32_t small = limit / 8, countBytes = 0;
    unsigned char *bytes = malloc(small);
    memset(bytes, 1, small);
    for (uint32_t i = 2; i < small; i++) {
        if (!bytes[i]) continue;
        countBytes++;
        for (uint64_t j = (uint64_t)i * i; j < small; j += i) bytes[j] = 0;
    }
    printf("%u %u\n", (unsigned)count, (unsigned)countBytes);
    return 0;
}
