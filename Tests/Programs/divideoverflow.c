/* The one quotient that does not fit, INT_MIN / -1: a trap. */
#include <stdint.h>
#include <stdio.h>


int main(void) {
    puts("before");
    fflush(stdout);
#ifdef __wasm__
    volatile int a = INT32_MIN, b = -1;
    printf("%d\n", a / b);
    puts("after");
    return 0;
#else
    return 134;
#endif
}
