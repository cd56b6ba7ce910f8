/* Standard input: lines are read, counted, sorted, and written back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

int main(void) {
    char *lines[1000], line[512];
    int count = 0;
    size_t bytes = 0;
    while (count < 1000 && fgets(line, sizeof line, stdin)) {
        bytes += strlen(line);
        line[strcspn(line, "\n")] = 0;
        lines[count++] = strdup(line);
    }
    qsort(lines, (size_t)count, sizeof *lines, compare);
    for (int i = 0; i < count; i++) puts(lines[i]);
    printf("%d lines, %d bytes, end %d, more %d\n", count, (int)bytes, !!feof(stdin), getchar());
    return 0;
}
