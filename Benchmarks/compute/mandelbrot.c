/* Mandelbrot set: double precision in registers, unpredictable loop lengths. */
#include "bench.h"

int main(int argc, char **argv) {
    int n = benchSize(argc, argv, 1700);
    uint32_t hash = 2166136261u;
    long long total = 0;
    for (int y = 0; y < n; y++) {
        for (int x = 0; x < n; x++) {
            double cr = 2.0 * x / n - 1.5, ci = 2.0 * y / n - 1.0, zr = 0, zi = 0, r2 = 0, i2 = 0;
            int k = 0;
            while (k < 300 && r2 + i2 <= 4.0) {
                zi = 2 * zr * zi + ci;
                zr = r2 - i2 + cr;
                r2 = zr * zr, i2 = zi * zi;
                k++;
            }
            total += k;
            unsigned char byte = (unsigned char)k;
            hash = benchHash(hash, &byte, 1);
        }
    }
    printf("%lld %08x\n", total, (unsigned)hash);
    return 0;
}
