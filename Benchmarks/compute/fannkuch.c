/* Fannkuch: permutations and prefix reversals of small integer arrays. */
#include "bench.h"

int main(int argc, char **argv) {
    int n = benchSize(argc, argv, 11), permutation[16], work[16], count[16];
    int best = 0, sum = 0, sign = 1, r = n;
    for (int i = 0; i < n; i++) permutation[i] = i;
    for (;;) {
        while (r != 1) count[r - 1] = r, r--;
        int first = permutation[0];
        if (first) {
            memcpy(work, permutation, sizeof work);
            int flips = 0;
            do {
                for (int i = 1, j = first - 1; i < j; i++, j--) {
                    int t = work[i];
                    work[i] = work[j], work[j] = t;
                }
                int t = work[first];
                work[first] = first, first = t;
                flips++;
            } while (first);
            if (flips > best) best = flips;
            sum += sign * flips;
        }
        for (;;) {
            if (r == n) {
                printf("%d %d\n", best, sum);
                return 0;
            }
            int t = permutation[0];
            for (int i = 0; i < r; i++) permutation[i] = permutation[i + 1];
            permutation[r] = t;
            if (--count[r] > 0) break;
            r++;
        }
        sign = -sign;
        r = r == n ? n : r;
    }
}
