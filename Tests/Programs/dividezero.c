/* Division of an integer by zero: a trap, with everything written before it on standard output. */
#include <stdint.h>
#include <stdio.h>


int main(void) {
    puts("before");
    fflush(stdout);
#ifdef __wasm__
    volatile int a = 7, b = 0;
    printf("%d\n", __builtin_constant_p(b) ? 0 : (int)((int64_t)a / (int64_t)b));
    puts("after");
    return 0;
#else
    return 134;
#endif
}
