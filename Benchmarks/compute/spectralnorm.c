/* Spectral norm: double precision division and conversion from integers. */
#include "bench.h"
#include <math.h>

static int n;

static double element(int i, int j) { return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1); }

static void product(const double *v, double *result, int transposed) {
    for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < n; j++) sum += (transposed ? element(j, i) : element(i, j)) * v[j];
        result[i] = sum;
    }
}

int main(int argc, char **argv) {
    n = benchSize(argc, argv, 4000);
    double *u = malloc(sizeof(double) * n), *v = malloc(sizeof(double) * n), *t = malloc(sizeof(double) * n);
    for (int i = 0; i < n; i++) u[i] = 1;
    for (int i = 0; i < 10; i++) {
        product(u, t, 0), product(t, v, 1);
        product(v, t, 0), product(t, u, 1);
    }
    double vbv = 0, vv = 0;
    for (int i = 0; i < n; i++) vbv += u[i] * v[i], vv += v[i] * v[i];
    printf("%.9f\n", sqrt(vbv / vv));
    return 0;
}
