/* A store near the top of the address range is a trap, and changes nothing. */
#include <stdint.h>
#include <stdio.h>


int main(void) {
    puts("before");
    fflush(stdout);
#ifdef __wasm__
    volatile uint32_t address = 0xFFFFFFF0u;
    *(volatile uint64_t *)((uintptr_t)address + 12) = 1;
    puts("after");
    return 0;
#else
    return 134;
#endif
}
