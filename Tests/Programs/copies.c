/* Memory: copies, moves that overlap, fills and comparisons of every small length and alignment, and large ones. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t hash(const unsigned char *p, size_t count) {
    uint32_t h = 2166136261u;
    while (count--) h = (h ^ *p++) * 16777619u;
    return h;
}

typedef struct { char bytes[300]; int last; } Large;

__attribute__((noinline)) static Large twice(Large in) {
    for (int i = 0; i < 300; i++) in.bytes[i] *= 2;
    in.last++;
    return in;
}

int main(void) {
    static unsigned char a[512], b[512];
    for (int i = 0; i < 512; i++) a[i] = (unsigned char)(i * 7 + 3);
    uint32_t total = 0;
    for (volatile size_t n = 0; n < 70; n++)
        for (int from = 0; from < 9; from++)
            for (int to = 0; to < 9; to++) {
                memset(b, 0xEE, sizeof b);
                memcpy(b + to, a + from, n);
                total = total * 31 + hash(b, 96);
                memmove(b + to, b + from, n);
                total = total * 31 + hash(b, 96);
                memset(b + from, to, n);
                total = total * 31 + hash(b, 96) + (uint32_t)(memcmp(b, a, n) > 0);
            }
    printf("%08x\n", (unsigned)total);
    size_t size = 3 << 20;
    unsigned char *large = malloc(size + 64);
    for (size_t i = 0; i < size; i++) large[i] = (unsigned char)(i >> 5 ^ i);
    printf("%08x\n", (unsigned)hash(large, size));
    memmove(large + 13, large, size);
    printf("%08x\n", (unsigned)hash(large, size));
    memmove(large + 1, large + 40, size);
    memset(large + 1000, 0x5A, 2 << 20);
    printf("%08x\n", (unsigned)hash(large, size));
    large = realloc(large, 5 << 20);
    memcpy(large + size, large, 2 << 20);
    printf("%08x\n", (unsigned)hash(large, 5 << 20));
    free(large);
    Large one = {.last = 4}, two;
    for (int i = 0; i < 300; i++) one.bytes[i] = (char)i;
    two = twice(twice(one));
    one = two;
    printf("%d %d %08x\n", one.last, one.bytes[33], (unsigned)hash((unsigned char *)one.bytes, 300));
    unsigned char packed[40] = {0};
    for (int i = 0; i < 9; i++) {
        uint64_t value = 0x0102030405060708u * (unsigned)(i + 1);
        float f = (float)i * 1.5f;
        double d;
        memcpy(packed + i, &value, 8);
        memcpy(packed + 17 + i, &f, 4);
        memcpy(&d, packed + 3 + i, 8);
        uint16_t half;
        uint32_t word;
        memcpy(&half, packed + i * 3 % 30, 2), memcpy(&word, packed + i * 5 % 30, 4);
        printf("%08x %u %08x\n", (unsigned)hash((unsigned char *)&d, 8), half, (unsigned)word);
    }
    return 0;
}
