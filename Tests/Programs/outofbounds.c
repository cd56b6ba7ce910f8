/* A load far behind the end of memory, and one that only just does not fit, are traps. */
#include <stdint.h>
#include <stdio.h>


int main(void) {
    puts("before");
    fflush(stdout);
#ifdef __wasm__
    volatile uint32_t address = (uint32_t)(__builtin_wasm_memory_size(0) * 65536u) - 3;
    (void)*(volatile unsigned char *)(uintptr_t)(address + 2);
    printf("%d\n", *(volatile int *)(uintptr_t)address);
    puts("after");
    return 0;
#else
    return 134;
#endif
}
