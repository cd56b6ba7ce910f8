/* Recursion without end: has to end as a trap of its own kind, not as a crash of the engine. */
#include <stdio.h>

#ifdef __wasm__
#pragma clang diagnostic ignored "-Winfinite-recursion"
static volatile int depth;

/* Not something that an optimizer turns into a loop: the sum is not associative, and the counter is observable. */
__attribute__((noinline)) static double descend(double x) {
    depth++;
    return descend(x + 1) * 0.5 + x;
}
#endif

int main(void) {
    puts("going down");
    fflush(stdout);
#ifdef __wasm__
    return descend(0) == 42;
#else
    return 134;
#endif
}
