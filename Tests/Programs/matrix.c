/* Numerical methods: determinants, inverses, integration, root finding, interpolation, least squares. */
#include <math.h>
#include <stdio.h>

enum { n = 8 };

static double determinant(double m[n][n]) {
    double result = 1;
    for (int k = 0; k < n; k++) {
        int pivot = k;
        for (int i = k + 1; i < n; i++)
            if (fabs(m[i][k]) > fabs(m[pivot][k])) pivot = i;
        if (pivot != k) {
            result = -result;
            for (int j = 0; j < n; j++) {
                double t = m[k][j];
                m[k][j] = m[pivot][j], m[pivot][j] = t;
            }
        }
        result *= m[k][k];
        for (int i = k + 1; i < n; i++) {
            double factor = m[i][k] / m[k][k];
            for (int j = k; j < n; j++) m[i][j] -= factor * m[k][j];
        }
    }
    return result;
}

static double simpson(double (*f)(double), double a, double b, int steps) {
    double h = (b - a) / steps, sum = f(a) + f(b);
    for (int i = 1; i < steps; i++) sum += f(a + i * h) * (i & 1 ? 4 : 2);
    return sum * h / 3;
}
static double curve(double x) { return 4 / (1 + x * x); }
static double cubic(double x) { return ((x - 2) * x - 5) * x + 1; }

static double root(double (*f)(double), double low, double high) {
    for (int i = 0; i < 80; i++) {
        double middle = (low + high) / 2;
        if ((f(low) < 0) == (f(middle) < 0)) low = middle;
        else high = middle;
    }
    return low;
}

static float dotf(const float *a, const float *b, int count) {
    float sum = 0;
    for (int i = 0; i < count; i++) sum += a[i] * b[i];
    return sum;
}

int main(void) {
    double m[n][n];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) m[i][j] = 1.0 / (i + j + 1) + (i == j) * 0.5;
    printf("%.12g\n", determinant(m));
    printf("%.12f %.12f\n", simpson(curve, 0, 1, 100), root(cubic, -1, 1));
    double y[2] = {1, 0};
    for (int i = 0; i < 1000; i++) { /* y'' = -y by Runge-Kutta */
        double h = 0.01, k[4][2], t[2] = {y[0], y[1]};
        for (int s = 0; s < 4; s++) {
            k[s][0] = t[1], k[s][1] = -t[0];
            double f = s < 2 ? h / 2 : h;
            t[0] = y[0] + f * k[s][0], t[1] = y[1] + f * k[s][1];
        }
        for (int d = 0; d < 2; d++) y[d] += h / 6 * (k[0][d] + 2 * k[1][d] + 2 * k[2][d] + k[3][d]);
    }
    printf("%.9f %.9f\n", y[0], y[1]);
    float a[100], b[100];
    for (int i = 0; i < 100; i++) a[i] = (float)i * 0.125f, b[i] = 3.0f - (float)i * 0.0625f;
    printf("%.9g\n", (double)dotf(a, b, 100));
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (int i = 0; i < 50; i++) {
        double x = i * 0.3, v = 2.5 * x - 1 + (i % 5 - 2) * 0.01;
        sx += x, sy += v, sxx += x * x, sxy += x * v;
    }
    double slope = (50 * sxy - sx * sy) / (50 * sxx - sx * sx);
    printf("%.9f %.9f\n", slope, (sy - slope * sx) / 50);
    return 0;
}
