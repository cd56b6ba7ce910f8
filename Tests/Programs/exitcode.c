/* exit with a code of one's own: atexit handlers run, buffers are flushed. */
#include <stdio.h>
#include <stdlib.h>

static void last(void) { printf("handler one\n"); }
static void first(void) { printf("handler two\n"); }

static void leave(int depth) {
    if (depth == 0) exit(42);
    leave(depth - 1);
    printf("never\n");
}

int main(void) {
    atexit(last);
    atexit(first);
    printf("leaving");
    printf(" now\n");
    leave(10);
    return 0;
}
