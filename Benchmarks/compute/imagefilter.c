/* Image filters on bytes: box blur, sharpen, threshold, alpha blend; loops that a vectorizer likes. */
#include "bench.h"

enum { width = 1024, height = 768, area = width * height };
static unsigned char image[area], other[area], out[area];
static uint16_t sums[width];

static void blur(const unsigned char *restrict in, unsigned char *restrict result) {
    for (int y = 1; y < height - 1; y++) {
        const unsigned char *a = in + (y - 1) * width, *b = a + width, *c = b + width;
        for (int x = 0; x < width; x++) sums[x] = (uint16_t)(a[x] + 2 * b[x] + c[x]);
        unsigned char *row = result + y * width;
        for (int x = 1; x < width - 1; x++) row[x] = (unsigned char)((sums[x - 1] + 2 * sums[x] + sums[x + 1] + 8) >> 4);
    }
}

static void sharpen(const unsigned char *restrict in, const unsigned char *restrict soft, unsigned char *restrict result) {
    for (int i = 0; i < area; i++) {
        int value = in[i] + (in[i] - soft[i]) / 2;
        result[i] = (unsigned char)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}

static void blend(const unsigned char *restrict a, unsigned char *restrict b, int alpha) {
    for (int i = 0; i < area; i++) b[i] = (unsigned char)((a[i] * alpha + b[i] * (256 - alpha)) >> 8);
}

static uint32_t above(const unsigned char *in, unsigned char limit) {
    uint32_t count = 0;
    for (int i = 0; i < area; i++) count += in[i] > limit;
    return count;
}

int main(int argc, char **argv) {
    int rounds = benchSize(argc, argv, 300);
    for (int i = 0; i < area; i++) image[i] = (unsigned char)(benchRandom() >> 24);
    uint32_t total = 0;
    for (int i = 0; i < rounds; i++) {
        blur(image, other);
        sharpen(image, other, out);
        blend(out, image, 40 + i % 100);
        total += above(image, (unsigned char)(i & 255));
    }
    printf("%u %08x\n", (unsigned)total, (unsigned)benchHash(2166136261u, image, sizeof image));
    return 0;
}
