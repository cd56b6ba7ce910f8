/* Recursion six thousand calls deep, which has to fit. */
#include <stdio.h>

__attribute__((noinline)) static long long sum(int n, long long *deepest) {
    if (n == 0) return 0;
    long long rest = sum(n - 1, deepest);
    if (rest > *deepest) *deepest = rest;
    return rest + n;
}

int main(void) {
    long long deepest = 0, total = 0;
    for (int i = 0; i < 3; i++) total += sum(6000 + i, &deepest);
    printf("%lld %lld\n", total, deepest);
    return 0;
}
