/* A JPEG-like pipeline on 8 by 8 blocks: integer DCT, quantisation, zigzag, run lengths, and the way back. */
#include "bench.h"

static const int cosines[8][8] = { /* round(4096 * cos((2x + 1) u pi / 16)), rows u */
    {4096, 4096, 4096, 4096, 4096, 4096, 4096, 4096},
    {4017, 3406, 2276, 799, -799, -2276, -3406, -4017},
    {3784, 1567, -1567, -3784, -3784, -1567, 1567, 3784},
    {3406, -799, -4017, -2276, 2276, 4017, 799, -3406},
    {2896, -2896, -2896, 2896, 2896, -2896, -2896, 2896},
    {2276, -4017, 799, 3406, -3406, -799, 4017, -2276},
    {1567, -3784, 3784, -1567, -1567, 3784, -3784, 1567},
    {799, -2276, 3406, -4017, 4017, -3406, 2276, -799}};
static int zigzag[64];

static void makeZigzag(void) {
    for (int d = 0, n = 0; d < 15; d++)
        for (int i = 0; i <= d; i++) {
            int row = d & 1 ? i : d - i, column = d - row;
            if (row < 8 && column < 8) zigzag[n++] = row * 8 + column;
        }
}

static void forward(const unsigned char *pixels, int stride, int *out) {
    int rows[64];
    for (int y = 0; y < 8; y++)
        for (int u = 0; u < 8; u++) {
            int sum = 0;
            for (int x = 0; x < 8; x++) sum += (pixels[y * stride + x] - 128) * cosines[u][x];
            rows[y * 8 + u] = sum >> 6;
        }
    for (int u = 0; u < 8; u++)
        for (int v = 0; v < 8; v++) {
            long long sum = 0;
            for (int y = 0; y < 8; y++) sum += (long long)rows[y * 8 + u] * cosines[v][y];
            int scale = (u ? 2 : 1) * (v ? 2 : 1);
            out[v * 8 + u] = (int)(sum * scale >> 22);
        }
}

static void backward(const int *in, unsigned char *pixels, int stride) {
    int rows[64];
    for (int v = 0; v < 8; v++)
        for (int x = 0; x < 8; x++) {
            int sum = 0;
            for (int u = 0; u < 8; u++) sum += in[v * 8 + u] * cosines[u][x] ;
            rows[v * 8 + x] = sum >> 4;
        }
    for (int x = 0; x < 8; x++)
        for (int y = 0; y < 8; y++) {
            long long sum = 0;
            for (int v = 0; v < 8; v++) sum += (long long)rows[v * 8 + x] * cosines[v][y];
            int value = (int)(sum >> 22) + 128;
            pixels[y * stride + x] = (unsigned char)(value < 0 ? 0 : value > 255 ? 255 : value);
        }
}

int main(int argc, char **argv) {
    int rounds = benchSize(argc, argv, 300);
    enum { side = 512 };
    static unsigned char image[side * side], result[side * side];
    static signed char stream[side * side * 2];
    makeZigzag();
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++)
            image[y * side + x] = (unsigned char)((x * y / 97 + (x ^ y) / 3 + (int)(benchRandom() % 9)) & 255);
    int length = 0;
    for (int round = 0; round < rounds; round++) {
        length = 0;
        int quality = 4 + round % 13;
        for (int by = 0; by < side; by += 8)
            for (int bx = 0; bx < side; bx += 8) {
                int block[64], run = 0, first = length;
                forward(image + by * side + bx, side, block);
                for (int i = 0; i < 64; i++) {
                    int q = block[zigzag[i]] / (quality + i);
                    q = q < -127 ? -127 : q > 127 ? 127 : q;
                    if (q) stream[length++] = (signed char)run, stream[length++] = (signed char)q, run = 0;
                    else run++;
                }
                stream[length++] = -1;
                memset(block, 0, sizeof block);
                for (int i = first, k = 0; stream[i] >= 0; i += 2, k++) {
                    k += stream[i];
                    block[zigzag[k]] = stream[i + 1] * (quality + k);
                }
                backward(block, result + by * side + bx, side);
            }
    }
    long long error = 0;
    for (int i = 0; i < side * side; i++) error += (image[i] - result[i]) * (image[i] - result[i]);
    printf("%d %lld %08x\n", length, error, (unsigned)benchHash(2166136261u, result, sizeof result));
    return 0;
}
