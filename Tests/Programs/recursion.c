/* Recursion: simple, double, mutual, with arrays on the stack, through a pointer. */
#include <stdio.h>
#include <string.h>

static int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
static int ackermann(int m, int n) { return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1)); }
static int female(int n);
static int male(int n) { return n == 0 ? 0 : n - female(male(n - 1)); }
static int female(int n) { return n == 0 ? 1 : n - male(female(n - 1)); }

static int moves;
static void hanoi(int n, int from, int to, int via) {
    if (n == 0) return;
    hanoi(n - 1, from, via, to);
    moves += from * 3 + to;
    hanoi(n - 1, via, to, from);
}

static int permutations(char *text, int from, int n) {
    char kept[16];
    memcpy(kept, text, sizeof kept);
    if (from == n) return text[0] < text[n - 1] && text[1] > text[2];
    int count = 0;
    for (int i = from; i < n; i++) {
        char t = text[from];
        text[from] = text[i], text[i] = t;
        count += permutations(text, from + 1, n);
        memcpy(text, kept, sizeof kept);
    }
    return count;
}

static long long power(long long base, int exponent) {
    if (exponent == 0) return 1;
    long long half = power(base, exponent / 2);
    return exponent & 1 ? half * half * base : half * half;
}

static double continuedFraction(int depth) { return depth == 0 ? 1 : 1 + 1 / continuedFraction(depth - 1); }

typedef int (*Step)(void *self, int n);
static int apply(void *self, int n) { return n <= 0 ? 0 : 1 + (*(Step *)self)(self, n - 2); }

int main(void) {
    printf("%d %d %d\n", fibonacci(24), ackermann(2, 9), ackermann(3, 5));
    for (int i = 0; i < 15; i++) printf("%d:%d ", male(i), female(i));
    hanoi(14, 1, 3, 2);
    char text[16] = "abcdefg";
    printf("\n%d %d\n", moves, permutations(text, 0, 7));
    printf("%lld %.15f\n", power(-7, 21), continuedFraction(40));
    Step step = apply;
    printf("%d\n", apply(&step, 1001));
    return 0;
}
