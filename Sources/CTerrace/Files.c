// System calls about files and waiting that Swift cannot import: those without a glibc wrapper, and those hidden behind
// _GNU_SOURCE.
#define _GNU_SOURCE
#include "CTerrace.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

_Static_assert(TERRACE_O_PATH == O_PATH, "O_PATH");
_Static_assert(TERRACE_UTIME_NOW == UTIME_NOW && TERRACE_UTIME_OMIT == UTIME_OMIT, "special times");
_Static_assert(TERRACE_RESOLVE_BENEATH == RESOLVE_BENEATH, "RESOLVE_BENEATH");
_Static_assert(TERRACE_RESOLVE_NO_MAGICLINKS == RESOLVE_NO_MAGICLINKS, "RESOLVE_NO_MAGICLINKS");

int terrace_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct open_how how = {.flags = flags, .mode = mode, .resolve = resolve};
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

ssize_t terrace_getrandom(void *buffer, size_t length) { return getrandom(buffer, length, 0); }

int terrace_ppoll(struct pollfd *polls, nfds_t count, const struct timespec *timeout) {
    return ppoll(polls, count, timeout, NULL);
}
