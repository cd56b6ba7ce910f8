/* Matrix product, single and double precision, with the inner loop over a row (which a vectorizer likes). */
#include "bench.h"

#define PRODUCT(name, type)                                                                  \
    static void name(int n, const type *restrict a, const type *restrict b, type *restrict c) { \
        for (int i = 0; i < n; i++) {                                                        \
            type *row = c + i * n;                                                           \
            for (int j = 0; j < n; j++) row[j] = 0;                                          \
            for (int k = 0; k < n; k++) {                                                    \
                type factor = a[i * n + k];                                                  \
                const type *other = b + k * n;                                               \
                for (int j = 0; j < n; j++) row[j] += factor * other[j];                     \
            }                                                                                \
        }                                                                                    \
    }

PRODUCT(productFloat, float)
PRODUCT(productDouble, double)

int main(int argc, char **argv) {
    int n = benchSize(argc, argv, 900), count = n * n;
    float *a = malloc(sizeof *a * count), *b = malloc(sizeof *b * count), *c = malloc(sizeof *c * count);
    double *x = malloc(sizeof *x * count), *y = malloc(sizeof *y * count), *z = malloc(sizeof *z * count);
    for (int i = 0; i < count; i++) x[i] = a[i] = (float)benchUnit(), y[i] = b[i] = (float)benchUnit() - 0.5f;
    productFloat(n, a, b, c);
    productDouble(n, x, y, z);
    double traceFloat = 0, traceDouble = 0;
    for (int i = 0; i < n; i++) traceFloat += c[i * n + i], traceDouble += z[i * n + i];
    printf("%.5f %.9f %08x\n", traceFloat, traceDouble, (unsigned)benchHash(2166136261u, c, sizeof *c * count));
    return 0;
}
