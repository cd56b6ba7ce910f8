/* Forced into every Lua source (clang -include), in the WASI build and in the native one, so that both run the
   same program: errors that a script does not expect end it (there are no non-local jumps in WASI preview 1),
   and the few library functions that WASI lacks report failure. */
#ifndef LUA_WASI_H
#define LUA_WASI_H
#include <stdio.h>
#include <stdlib.h>
struct lua_longjmp;
_Noreturn void lua_wasi_throw(int status);
#define LUAI_THROW(L, c) lua_wasi_throw((c)->status)
#define LUAI_TRY(L, c, a) { a }
#define luai_jmpbuf int
#ifdef __wasi__
#define system(command) ((void)(command), -1)
#define tmpfile() ((FILE *)0)
#define lua_tmpnam(buffer, failed) ((void)(buffer), (failed) = 1)
#define LUA_TMPNAMBUFSIZE 32
long long lua_wasi_clock(void);
#define clock lua_wasi_clock
#undef CLOCKS_PER_SEC
#define CLOCKS_PER_SEC 1000000000LL
#endif
#endif
