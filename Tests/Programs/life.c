/* Conway's life on a torus, printed; two-dimensional arrays of bytes. */
#include <stdio.h>
#include <string.h>

enum { rows = 16, columns = 40 };
static char cells[rows][columns], next[rows][columns];

int main(void) {
    const char *start[] = {".#.....", "...#...", "##..###"};
    for (int y = 0; y < 3; y++)
        for (int x = 0; x < 7; x++) cells[y + 6][x + 15] = start[y][x] == '#';
    for (int generation = 0; generation < 60; generation++) {
        int alive = 0;
        for (int y = 0; y < rows; y++)
            for (int x = 0; x < columns; x++) {
                int around = 0;
                for (int dy = -1; dy <= 1; dy++)
                    for (int dx = -1; dx <= 1; dx++)
                        if (dx || dy) around += cells[(y + dy + rows) % rows][(x + dx + columns) % columns];
                next[y][x] = around == 3 || (around == 2 && cells[y][x]);
                alive += next[y][x];
            }
        memcpy(cells, next, sizeof cells);
        printf("%d%c", alive, generation % 20 == 19 ? '\n' : ' ');
    }
    for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) putchar(cells[y][x] ? '#' : '.');
        putchar('\n');
    }
    return 0;
}
