/* abort() ends the program as a trap, after buffered output was flushed by hand. */
#include <stdint.h>
#include <stdio.h>

#include <stdlib.h>

int main(void) {
    puts("before");
    fflush(stdout);
#ifdef __wasm__
    abort();
    puts("after");
    return 0;
#else
    return 134;
#endif
}
