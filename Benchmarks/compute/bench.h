/* What the compute-bound programs share: the size argument, a reproducible random source and a checksum. */
#ifndef BENCH_H
#define BENCH_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first command line argument as a number, or the given default. */
static inline int benchSize(int argc, char **argv, int standard) { return argc > 1 ? atoi(argv[1]) : standard; }

static uint64_t benchState = 0x2545F4914F6CDD1Du;

static inline uint32_t benchRandom(void) {
    benchState ^= benchState >> 12;
    benchState ^= benchState << 25;
    benchState ^= benchState >> 27;
    return (uint32_t)((benchState * 0x9E3779B97F4A7C15u) >> 32);
}

/* A number in [0, 1) with 24 random bits, exactly representable in both float formats. */
static inline double benchUnit(void) { return (benchRandom() >> 8) / 16777216.0; }

static inline uint32_t benchHash(uint32_t hash, const void *bytes, size_t count) {
    const unsigned char *p = bytes;
    for (size_t i = 0; i < count; i++) hash = (hash ^ p[i]) * 16777619u;
    return hash;
}
#endif
