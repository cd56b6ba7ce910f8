/* N queens, by bit masks (recursion, few loads) and by arrays (loads and stores). */
#include "bench.h"

static int solveBits(uint32_t all, uint32_t columns, uint32_t left, uint32_t right) {
    if (columns == all) return 1;
    int count = 0;
    for (uint32_t free = all & ~(columns | left | right); free; free &= free - 1) {
        uint32_t bit = free & -free;
        count += solveBits(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return count;
}

static char column[32], rising[64], falling[64];

static int solveArrays(int n, int row) {
    if (row == n) return 1;
    int count = 0;
    for (int i = 0; i < n; i++) {
        if (column[i] || rising[row + i] || falling[row - i + n]) continue;
        column[i] = rising[row + i] = falling[row - i + n] = 1;
        count += solveArrays(n, row + 1);
        column[i] = rising[row + i] = falling[row - i + n] = 0;
    }
    return count;
}

int main(int argc, char **argv) {
    int n = benchSize(argc, argv, 15);
    printf("%d", solveBits((1u << n) - 1, 0, 0, 0));
    printf(" %d\n", solveArrays(n - 2, 0));
    return 0;
}
