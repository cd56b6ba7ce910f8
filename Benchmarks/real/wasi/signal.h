/* WASI preview 1 has no signals. What lua.c and others name of them is accepted and does nothing. */
#ifndef BENCH_WASI_SIGNAL_H
#define BENCH_WASI_SIGNAL_H
typedef int sig_atomic_t;
#define SIGINT 2
#define SIG_DFL ((void (*)(int))0)
static inline void (*signal(int number, void (*handler)(int)))(int) { (void)number; (void)handler; return SIG_DFL; }
#endif
