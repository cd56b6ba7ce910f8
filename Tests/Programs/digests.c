/* Digests and codes: MD5-like mixing, Adler-32, CRC-16, FNV-1a 64, SipHash, base64 both ways, a stream cipher. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static uint64_t rotate(uint64_t x, int n) { return x << n | x >> (64 - n); }

#define ROUND                                                                  \
    v0 += v1, v1 = rotate(v1, 13) ^ v0, v0 = rotate(v0, 32);                   \
    v2 += v3, v3 = rotate(v3, 16) ^ v2;                                        \
    v0 += v3, v3 = rotate(v3, 21) ^ v0;                                        \
    v2 += v1, v1 = rotate(v1, 17) ^ v2, v2 = rotate(v2, 32);

static uint64_t sip(const unsigned char *p, size_t count, uint64_t k0, uint64_t k1) {
    uint64_t v0 = k0 ^ 0x736f6d6570736575, v1 = k1 ^ 0x646f72616e646f6d, v2 = k0 ^ 0x6c7967656e657261, v3 = k1 ^ 0x7465646279746573;
    uint64_t last = (uint64_t)count << 56;
    for (; count >= 8; count -= 8, p += 8) {
        uint64_t m;
        memcpy(&m, p, 8);
        v3 ^= m;
        ROUND ROUND
        v0 ^= m;
    }
    for (size_t i = 0; i < count; i++) last |= (uint64_t)p[i] << (8 * i);
    v3 ^= last;
    ROUND ROUND
    v0 ^= last;
    v2 ^= 255;
    ROUND ROUND ROUND ROUND
    return v0 ^ v1 ^ v2 ^ v3;
}

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void encode(const unsigned char *in, int n, char *out) {
    for (int i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)in[i] << 16 | (i + 1 < n ? in[i + 1] : 0u) << 8 | (i + 2 < n ? in[i + 2] : 0u);
        *out++ = alphabet[v >> 18];
        *out++ = alphabet[v >> 12 & 63];
        *out++ = i + 1 < n ? alphabet[v >> 6 & 63] : '=';
        *out++ = i + 2 < n ? alphabet[v & 63] : '=';
    }
    *out = 0;
}

static int decode(const char *in, unsigned char *out) {
    int n = 0, held = 0;
    uint32_t v = 0;
    for (; *in && *in != '='; in++) {
        v = v << 6 | (uint32_t)(strchr(alphabet, *in) - alphabet);
        if ((held += 6) >= 8) held -= 8, out[n++] = (unsigned char)(v >> held);
    }
    return n;
}

static void cipher(const char *key, unsigned char *data, int count) {
    unsigned char s[256], t;
    for (int i = 0; i < 256; i++) s[i] = (unsigned char)i;
    for (int i = 0, j = 0, n = (int)strlen(key); i < 256; i++) j = (j + s[i] + key[i % n]) & 255, t = s[i], s[i] = s[j], s[j] = t;
    for (int k = 0, i = 0, j = 0; k < count; k++) {
        i = (i + 1) & 255, j = (j + s[i]) & 255, t = s[i], s[i] = s[j], s[j] = t;
        data[k] ^= s[(s[i] + s[j]) & 255];
    }
}

int main(void) {
    unsigned char data[300], back[300];
    char text[500];
    for (int i = 0; i < 300; i++) data[i] = (unsigned char)(i * i + 3);
    for (int n = 0; n < 20; n++) {
        encode(data, n, text);
        int m = decode(text, back);
        printf("%s %d %016" PRIx64 "\n", text, m == n && !memcmp(data, back, (size_t)n), sip(data, (size_t)n, 0x0706050403020100, 0x0f0e0d0c0b0a0908));
    }
    uint32_t a = 1, b = 0;
    uint16_t crc = 0xFFFF;
    uint64_t fnv = 14695981039346656037u;
    for (int i = 0; i < 300; i++) {
        a = (a + data[i]) % 65521, b = (b + a) % 65521;
        crc ^= (uint16_t)(data[i] << 8);
        for (int k = 0; k < 8; k++) crc = (uint16_t)(crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
        fnv = (fnv ^ data[i]) * 1099511628211u;
    }
    printf("%08" PRIx32 " %04x %016" PRIx64 "\n", b << 16 | a, crc, fnv);
    memcpy(back, data, 300);
    cipher("Key", back, 300);
    printf("%02x%02x%02x ", back[0], back[1], back[299]);
    cipher("Key", back, 300);
    printf("%d\n", !memcmp(back, data, 300));
    return 0;
}
