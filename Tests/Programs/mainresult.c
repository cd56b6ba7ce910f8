/* The result of main is the exit code; standard error is apart from standard output. */
#include <stdio.h>

int main(void) {
    fprintf(stderr, "a message for standard error\n");
    printf("and one for standard output");
    return 7;
}
