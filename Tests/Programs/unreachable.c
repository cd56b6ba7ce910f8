/* An unreachable instruction is a trap. */
#include <stdint.h>
#include <stdio.h>


int main(void) {
    puts("before");
    fflush(stdout);
#ifdef __wasm__
    __builtin_trap();
    puts("after");
    return 0;
#else
    return 134;
#endif
}
