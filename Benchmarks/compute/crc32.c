/* CRC-32: bit by bit, by a table, and by four tables. */
#include "bench.h"

static uint32_t table[4][256];

static uint32_t bitwise(uint32_t crc, const unsigned char *p, int count) {
    crc = ~crc;
    while (count--) {
        crc ^= *p++;
        for (int k = 0; k < 8; k++) crc = crc >> 1 ^ (0xEDB88320u & -(crc & 1));
    }
    return ~crc;
}

static uint32_t byTable(uint32_t crc, const unsigned char *p, int count) {
    crc = ~crc;
    while (count--) crc = crc >> 8 ^ table[0][(crc ^ *p++) & 255];
    return ~crc;
}

static uint32_t byFourTables(uint32_t crc, const unsigned char *p, int count) {
    crc = ~crc;
    for (; count >= 4; count -= 4, p += 4) {
        uint32_t word;
        memcpy(&word, p, 4);
        crc ^= word;
        crc = table[3][crc & 255] ^ table[2][crc >> 8 & 255] ^ table[1][crc >> 16 & 255] ^ table[0][crc >> 24];
    }
    return byTable(~crc, p, count);
}

int main(int argc, char **argv) {
    int rounds = benchSize(argc, argv, 160);
    enum { size = 1 << 20 };
    static unsigned char buffer[size];
    for (int i = 0; i < size; i++) buffer[i] = (unsigned char)benchRandom();
    for (int i = 0; i < 256; i++) {
        uint32_t c = (uint32_t)i;
        for (int k = 0; k < 8; k++) c = c >> 1 ^ (0xEDB88320u & -(c & 1));
        table[0][i] = c;
    }
    for (int i = 0; i < 256; i++)
        for (int k = 1; k < 4; k++) table[k][i] = table[k - 1][i] >> 8 ^ table[0][table[k - 1][i] & 255];
    uint32_t a = 0, b = 0, c = 0;
    for (int i = 0; i < rounds; i++) {
        if (i % 8 == 0) a = bitwise(a, buffer, size);
        b = byTable(b, buffer, size);
        c = byFourTables(c, buffer, size);
        buffer[i] ^= (unsigned char)c;
    }
    printf("%08x %08x %08x %s\n", (unsigned)a, (unsigned)b, (unsigned)c, b == c ? "equal" : "DIFFERENT");
    return 0;
}
