/* Converting NaN to an integer with the trapping instruction is a trap. */
#include <stdint.h>
#include <stdio.h>


int main(void) {
    puts("before");
    fflush(stdout);
#ifdef __wasm__
    volatile double zero = 0;
    printf("%d\n", __builtin_wasm_trunc_s_i32_f64(zero / zero));
    puts("after");
    return 0;
#else
    return 134;
#endif
}
