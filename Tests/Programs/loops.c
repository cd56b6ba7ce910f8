/* Control flow: nested loops with breaks and continues, jumps into and out of loops, conditions with side effects. */
#include <stdint.h>
#include <stdio.h>

#define NOINLINE __attribute__((noinline))

/* A flow graph that is not reducible: two entries into one loop. */
NOINLINE static int tangled(int n, int enter) {
    int sum = 0;
    if (enter & 1) goto second;
first:
    sum += n;
    if (sum > 1000) goto out;
second:
    sum = sum * 2 + 1;
    if (enter & 2 && n % 3 == 0) {
        n--;
        goto second_again;
    }
    if (--n > 0) goto first;
    goto out;
second_again:
    sum ^= 5;
    if (n > 2) goto first;
    goto second;
out:
    return sum;
}

static int trace;
NOINLINE static int note(int value) { return trace = trace * 7 % 1000003 + value, value; }

NOINLINE static int nested(int limit) {
    int count = 0;
    for (int i = 0; i < limit; i++) {
        if (i % 7 == 3) continue;
        for (int j = i;; j++) {
            if (j > limit) break;
            if ((i ^ j) & 4) continue;
            int k = j;
            do {
                if (k % 5 == 4) goto nextOuter;
                count += k & 1;
                while (k > 20) k -= 3, count++;
            } while (--k > j / 2);
        }
    nextOuter:;
    }
    return count;
}

/* A coroutine by a switch into a loop. */
typedef struct { int state, i, j; } Generator;
NOINLINE static int generate(Generator *g) {
    switch (g->state) {
        case 0:
            for (g->i = 1; g->i < 6; g->i++) {
                for (g->j = 0; g->j < g->i; g->j++) {
                    g->state = 1;
                    return g->i * 10 + g->j;
                    case 1:;
                }
                g->state = 2;
                return -g->i;
                case 2:;
            }
    }
    g->state = 3;
    return 0;
}

int main(void) {
    for (int n = 1; n < 12; n++)
        for (int enter = 0; enter < 4; enter++) printf("%d ", tangled(n, enter));
    printf("\n");
    int hits = 0;
    for (int i = 0; i < 64; i++) {
        if ((note(i & 1) && note(i & 2)) || (note(!(i & 4)) && !(note(i & 8) || note(i & 16)))) hits++;
        hits += note(i & 32) ? note(3) : note(5) > 2 ? 1 : 0;
    }
    printf("%d %d\n", hits, trace);
    for (int i = 0; i < 40; i += 3) printf("%d ", nested(i));
    printf("\n");
    Generator g = {0};
    for (int value; (value = generate(&g));) printf("%d ", value);
    printf("\n");
    uint64_t x = 27;
    int steps = 0;
    for (; x != 1; steps++) x = x & 1 ? 3 * x + 1 : x / 2;
    printf("%d\n", steps);
    return 0;
}
