// For programs that only jump to report errors, which do not happen: WASI's C library has no setjmp.
#pragma once
#include <stdlib.h>
typedef int jmp_buf[1];
#define setjmp(buffer) ((void)(buffer), 0)
#define longjmp(buffer, value) abort()
