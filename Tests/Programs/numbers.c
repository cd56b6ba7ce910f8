/* A filter: sums, averages and a histogram of the numbers on standard input, read with scanf. */
#include <stdio.h>

int main(void) {
    double value, sum = 0, least = 0, most = 0;
    int count = 0, bins[10] = {0};
    while (scanf("%lf", &value) == 1) {
        if (!count || value < least) least = value;
        if (!count || value > most) most = value;
        sum += value, count++;
        int bin = (int)(value / 10);
        if (bin >= 0 && bin < 10) bins[bin]++;
    }
    printf("%d numbers, sum %.6f, mean %.6f, from %g to %g\n", count, sum, sum / count, least, most);
    for (int i = 0; i < 10; i++) {
        printf("%2d ", i * 10);
        for (int k = 0; k < bins[i]; k++) putchar('#');
        putchar('\n');
    }
    return 0;
}
