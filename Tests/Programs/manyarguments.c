/* More arguments than registers hold: integers, floating point and both mixed, passed on and reordered; big results. */
#include <stdint.h>
#include <stdio.h>

#define NOINLINE __attribute__((noinline))

NOINLINE static int integers(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k) {
    return a + 2 * b + 3 * c + 5 * d + 7 * e + 11 * f + 13 * g + 17 * h + 19 * i + 23 * j + 29 * k;
}

NOINLINE static double reals(double a, double b, double c, double d, double e, double f, double g, double h, double i, double j, float k, float l) {
    return a - b * 2 + c * 3 - d * 4 + e * 5 - f * 6 + g * 7 - h * 8 + i * 9 - j * 10 + (double)k * 11 - (double)l * 12;
}

NOINLINE static double mixed(int a, double b, int64_t c, float d, int e, double f, int64_t g, float h, int i, double j, int64_t k, float l, int m, double n,
                             int64_t o, float p, int q, double r, int64_t s, float t, double u, double v, double w) {
    return a + b + (double)c + d + e * f + (double)g * h - i * j + (double)(k % 1000) * l + m - n + (double)o / p + q * r + (double)s - t + u * v - w;
}

NOINLINE static double reversed(int a, double b, int64_t c, float d, int e, double f, int64_t g, float h, int i, double j, int64_t k, float l, int m, double n,
                                int64_t o, float p, int q, double r, int64_t s, float t, double u, double v, double w) {
    return mixed(q, w, s, t, m, v, o, p, i, u, k, l, e, r, g, h, a, n, c, d, j, f, b);
}

NOINLINE static int rotate(int depth, int a, int b, int c, int d, int e, int f, int g, int h, int64_t i, double j) {
    if (depth == 0) return integers(a, b, c, d, e, f, g, h, (int)i, (int)j, 1);
    return rotate(depth - 1, h, a, b, c, d, e, f, g, i + a, j + b);
}

static double (*const pointer)(int, double, int64_t, float, int, double, int64_t, float, int, double, int64_t, float, int, double, int64_t, float, int,
                               double, int64_t, float, double, double, double) = reversed;

int main(void) {
    printf("%d\n", integers(1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11));
    printf("%.6f\n", reals(1.5, 2.25, 3.125, 4, 5, 6, 7, 8, 9, 10, 11.5f, 12.25f));
    double a = mixed(1, 2.5, 3, 4.5f, 5, 6.5, 7, 8.5f, 9, 10.5, 1011, 12.5f, 13, 14.5, 15, 16.5f, 17, 18.5, 19, 20.5f, 21.5, 22.5, 23.5);
    double b = pointer(1, 2.5, 3, 4.5f, 5, 6.5, 7, 8.5f, 9, 10.5, 1011, 12.5f, 13, 14.5, 15, 16.5f, 17, 18.5, 19, 20.5f, 21.5, 22.5, 23.5);
    printf("%.9f %.9f\n", a, b);
    for (int i = 0; i < 9; i++) printf("%d ", rotate(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10.0));
    printf("\n");
    return 0;
}
