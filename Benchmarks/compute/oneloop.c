// One loop in one function that is called once: rounds of adding, rotating and mixing over more variables than a quick
// compiler has registers for, and a table that is read and written.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t table[1024];

static inline uint32_t rotate(uint32_t x, int n) { return x << n | x >> (32 - n); }

int main(int count, char **arguments) {
    uint32_t rounds = (uint32_t)(count > 1 ? atoi(arguments[1]) : 400) * 1000000;
    uint32_t a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
    for (uint32_t round = 0; round < rounds; round++) {
        a += b, d = rotate(d ^ a, 16);
        e += f, h = rotate(h ^ e, 12);
        c += d, b = rotate(b ^ c, 8);
        g += h, f = rotate(f ^ g, 7);
        uint32_t *slot = &table[(a ^ e) & 1023];
        c += slot[0];
        slot[0] = g ^ round;
    }
    printf("%08x\n", a ^ b ^ c ^ d ^ e ^ f ^ g ^ h);
    return 0;
}
