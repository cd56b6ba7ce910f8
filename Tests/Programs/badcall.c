/* A call through a function pointer of another type is a trap. */
#include <stdint.h>
#include <stdio.h>

#ifdef __wasm__
static int add(int a, int b) { return a + b; }
static int (*volatile function)(int, int) = add;
#endif

int main(void) {
    puts("before");
    fflush(stdout);
#ifdef __wasm__
    double (*wrong)(double) = (double (*)(double))(void (*)(void))function;
    printf("%f\n", wrong(1.0));
    puts("after");
    return 0;
#else
    return 134;
#endif
}
