/* SHA-256 of four messages at a time in 128-bit vectors of the compiler's own vector type. */
#include "bench.h"

typedef uint32_t Lanes __attribute__((vector_size(16)));

static uint32_t constants[64];

static void makeConstants(void) {
    int found = 0;
    for (uint32_t candidate = 2; found < 64; candidate++) {
        int prime = 1;
        for (uint32_t d = 2; d * d <= candidate; d++)
            if (candidate % d == 0) prime = 0;
        if (!prime) continue;
        uint64_t low = 0, high = 8ull << 32;
        while (high - low > 1) {
            uint64_t middle = (low + high) / 2;
            unsigned __int128 cube = (unsigned __int128)middle * middle * middle;
            if (cube <= (unsigned __int128)candidate << 96) low = middle;
            else high = middle;
        }
        constants[found++] = (uint32_t)low;
    }
}

#define ROTATE(x, n) ((x) >> (n) | (x) << (32 - (n)))

static void block(Lanes state[8], const Lanes message[16]) {
    Lanes w[64];
    memcpy(w, message, 16 * sizeof *w);
    for (int i = 16; i < 64; i++) {
        Lanes a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (ROTATE(a, 7) ^ ROTATE(a, 18) ^ a >> 3) + w[i - 7] + (ROTATE(b, 17) ^ ROTATE(b, 19) ^ b >> 10);
    }
    Lanes a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        Lanes t1 = h + (ROTATE(e, 6) ^ ROTATE(e, 11) ^ ROTATE(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i];
        Lanes t2 = (ROTATE(a, 2) ^ ROTATE(a, 13) ^ ROTATE(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

int main(int argc, char **argv) {
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    int thousands = benchSize(argc, argv, 2000);
    Lanes state[8], message[16];
    makeConstants();
    for (int i = 0; i < 8; i++) state[i] = (Lanes){} + start[i];
    for (int i = 0; i < 16; i++)
        for (int lane = 0; lane < 4; lane++) message[i][lane] = benchRandom();
    for (int i = 0; i < thousands * 1000; i++) {
        block(state, message);
        message[i & 15] ^= state[i & 7];
    }
    for (int lane = 0; lane < 4; lane++) {
        for (int i = 0; i < 8; i++) printf("%08x", (unsigned)state[i][lane]);
        printf("\n");
    }
    return 0;
}
