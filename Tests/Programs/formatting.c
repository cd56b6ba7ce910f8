/* printf and its family: flags, widths, precisions, all conversions that C libraries agree upon. */
#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    printf("[%d] [%5d] [%-5d] [%05d] [%+d] [% d] [%x] [%X] [%#x] [%o] [%#o] [%u]\n", 42, 42, 42, 42, 42, 42, 48879, 48879, 48879, 8, 8, 4000000000u);
    printf("[%.3d] [%8.3d] [%-8.3d] [%+.5d] [%*d] [%-*d] [%.*d]\n", 7, 7, 7, 7, 6, 7, 6, 7, 4, 7);
    printf("[%hhd] [%hd] [%lld] [%llu] [%jd] [%zu] [%td]\n", (signed char)-3, (short)-300, -9000000000LL, 18000000000000000000ULL, (intmax_t)-5, (size_t)77, (ptrdiff_t)-9);
    printf("[%s] [%10s] [%-10s] [%.2s] [%c] [%3c] [%%]\n", "text", "text", "text", "text", 'x', 'y');
    const double numbers[] = {0, -0.0, 1, 0.1, 123456789, 1e-5, 9.9995, 2.5, 1e100, 5e-324, 1.7976931348623157e308, 0.000123456, 99999.95, INFINITY, -INFINITY};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double x = numbers[i];
        printf("[%f] [%.0f] [%.10f] [%e] [%.3E] [%g] [%.12g] [%G]\n", x, x, x, x, x, x, x, x);
        printf("[%12.3f] [%-12.2e] [%+.1f] [% .4g] [%012.4f] [%#.0f] [%.17g]\n", x, x, x, x, x, x, x);
    }
    printf("[%f] [%F] [%e]\n", (double)fabs(NAN), (double)fabs(NAN), (double)fabs(NAN));
    printf("[%.40f]\n[%.60g]\n", 1.0 / 3, 0.1);
    char buffer[20];
    int needed = snprintf(buffer, sizeof buffer, "%s-%d-%s", "abcdefgh", 12345, "ijklmnop");
    printf("%d [%s]\n", needed, buffer);
    int position = 0;
    printf("abc%n def", &position);
    printf(" %d\n", position);
    int a, b, n;
    unsigned x;
    char word[10];
    double d;
    n = sscanf(" 12 -7 ff hello 3.25e2", "%d%d%x%9s%lf", &a, &b, &x, word, &d);
    printf("%d: %d %d %u %s %g\n", n, a, b, x, word, d);
    n = sscanf("key=value;17", "%9[^=]=%*[^;];%d", word, &a);
    printf("%d: %s %d\n", n, word, a);
    return 0;
}
