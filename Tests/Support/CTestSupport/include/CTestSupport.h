// System calls for tests that Swift hides: forking, and forbidding system calls.
#ifndef CTESTSUPPORT_H
#define CTESTSUPPORT_H

/// `fork(2)`, with the handlers of the C library.
int test_fork(void);
/// The system call alone: no handler knows of it.
int test_bare_fork(void);
/// Whether a descriptor is an anonymous file of the engine's. (A closed one may be anybody's soon: the thread pool of the
/// language's runtime opens some when it is busy.)
int test_is_engine_file(int descriptor);
/// Bytes of the mappings of code files that are writable now, as the kernel lists the process's mappings; -1 if any mapping
/// whatever is writable and executable at once.
long test_writable_code_bytes(void);
/// From now on `memfd_create(2)` fails with EPERM in this thread and those that it makes; not 0 if that cannot be had.
int test_forbid_memfd(void);

#endif
