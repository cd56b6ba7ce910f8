/* The few functions that real/wasi/lua-wasi.h names. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

_Noreturn void lua_wasi_throw(int status) {
    fprintf(stderr, "lua: error with status %d (this build has no non-local jumps)\n", status);
    exit(1);
}

long long lua_wasi_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}
