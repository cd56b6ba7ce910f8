/* The smallest program: one line on standard output. */
#include <stdio.h>

int main(void) {
    puts("Hello, world!");
    return 0;
}
