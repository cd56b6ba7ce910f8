/* Linear algebra kernels in double precision: LU decomposition with pivoting, solving, a Jacobi stencil. */
#include "bench.h"
#include <math.h>

int main(int argc, char **argv) {
    int n = benchSize(argc, argv, 1600);
    double *a = malloc(sizeof *a * n * n), *b = malloc(sizeof *b * n), *x = malloc(sizeof *x * n);
    for (int i = 0; i < n * n; i++) a[i] = benchUnit() - 0.5;
    for (int i = 0; i < n; i++) {
        b[i] = 0;
        for (int j = 0; j < n; j++) b[i] += a[i * n + j] * (j % 7 - 3);
    }
    for (int k = 0; k < n; k++) {
        int pivot = k;
        for (int i = k + 1; i < n; i++)
            if (fabs(a[i * n + k]) > fabs(a[pivot * n + k])) pivot = i;
        if (pivot != k) {
            for (int j = 0; j < n; j++) {
                double t = a[k * n + j];
                a[k * n + j] = a[pivot * n + j], a[pivot * n + j] = t;
            }
            double t = b[k];
            b[k] = b[pivot], b[pivot] = t;
        }
        for (int i = k + 1; i < n; i++) {
            double factor = a[i * n + k] / a[k * n + k];
            a[i * n + k] = factor;
            for (int j = k + 1; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
            b[i] -= factor * b[k];
        }
    }
    for (int i = n - 1; i >= 0; i--) {
        double sum = b[i];
        for (int j = i + 1; j < n; j++) sum -= a[i * n + j] * x[j];
        x[i] = sum / a[i * n + i];
    }
    double worst = 0;
    for (int i = 0; i < n; i++) worst = fmax(worst, fabs(x[i] - (i % 7 - 3)));
    printf("%s\n", worst < 1e-6 ? "solved" : "NOT SOLVED");
    double *u = calloc((size_t)n * n, sizeof *u), *v = calloc((size_t)n * n, sizeof *v);
    for (int i = 0; i < n; i++) u[i] = v[i] = i / (double)n;
    for (int step = 0; step < n / 4; step++) {
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < n - 1; j++)
                v[i * n + j] = 0.25 * (u[(i - 1) * n + j] + u[(i + 1) * n + j] + u[i * n + j - 1] + u[i * n + j + 1]);
        double *t = u;
        u = v, v = t;
    }
    double sum = 0;
    for (int i = 0; i < n * n; i++) sum += u[i];
    printf("%.9f\n", sum);
    return 0;
}
