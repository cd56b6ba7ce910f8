/* A call through a number that is no index of the table is a trap. */
#include <stdint.h>
#include <stdio.h>


int main(void) {
    puts("before");
    fflush(stdout);
#ifdef __wasm__
    volatile uint32_t index = 1000000;
    ((void (*)(void))(uintptr_t)index)();
    puts("after");
    return 0;
#else
    return 134;
#endif
}
