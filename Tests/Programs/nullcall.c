/* A call through a null function pointer is a trap. */
#include <stdint.h>
#include <stdio.h>


int main(void) {
    puts("before");
    fflush(stdout);
#ifdef __wasm__
    void (*volatile function)(void) = 0;
    function();
    puts("after");
    return 0;
#else
    return 134;
#endif
}
