/* WASI preview 1 has no non-local jumps. Lua includes this header even when LUAI_THROW and LUAI_TRY
   (see lua-wasi.h) make it independent of them. */
