/* SHA-256 over a megabyte buffer again and again: rotations, 32-bit additions, table of constants. */
#include "bench.h"

static uint32_t constants[64];
static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/* The first 32 fractional bits of the cube roots of the first 64 primes, in integers. */
static void makeConstants(void) {
    int found = 0;
    for (uint32_t candidate = 2; found < 64; candidate++) {
        int prime = 1;
        for (uint32_t d = 2; d * d <= candidate; d++)
            if (candidate % d == 0) prime = 0;
        if (!prime) continue;
        uint64_t low = 0, high = 8ull << 32; /* root of candidate in 32.32 fixed point, by halving */
        while (high - low > 1) {
            uint64_t middle = (low + high) / 2;
            unsigned __int128 cube = (unsigned __int128)middle * middle * middle; /* 96 fractional bits */
            if (cube <= (unsigned __int128)candidate << 96) low = middle;
            else high = middle;
        }
        constants[found++] = (uint32_t)low;
    }
}

static inline uint32_t rotate(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void block(uint32_t state[8], const unsigned char *p) {
    uint32_t w[64];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 | (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i];
        uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

static void digest(const unsigned char *bytes, size_t count, uint32_t state[8]) {
    unsigned char tail[128] = {0};
    memcpy(state, start, sizeof start);
    size_t whole = count / 64 * 64, rest = count - whole, padded = rest < 56 ? 64 : 128;
    for (size_t i = 0; i < whole; i += 64) block(state, bytes + i);
    memcpy(tail, bytes + whole, rest);
    tail[rest] = 0x80;
    for (int i = 0; i < 8; i++) tail[padded - 1 - i] = (unsigned char)((uint64_t)count * 8 >> (8 * i));
    for (size_t i = 0; i < padded; i += 64) block(state, tail + i);
}

int main(int argc, char **argv) {
    int megabytes = benchSize(argc, argv, 250);
    static unsigned char buffer[1 << 20];
    uint32_t state[8];
    makeConstants();
    digest((const unsigned char *)"abc", 3, state);
    for (int i = 0; i < 8; i++) printf("%08x%s", (unsigned)state[i], i == 7 ? "\n" : "");
    for (size_t i = 0; i < sizeof buffer; i++) buffer[i] = (unsigned char)benchRandom();
    for (int i = 0; i < megabytes; i++) {
        digest(buffer, sizeof buffer, state);
        memcpy(buffer, state, sizeof state);
    }
    for (int i = 0; i < 8; i++) printf("%08x%s", (unsigned)state[i], i == 7 ? "\n" : "");
    return 0;
}
