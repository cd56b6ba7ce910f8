// The few C declarations that Swift cannot import by itself: anonymous files, machine registers in a signal's
// context, processor identification. No logic lives here.
#ifndef CTERRACE_H
#define CTERRACE_H

#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <time.h>

/// `memfd_create(2)`: an anonymous file that can be mapped more than once.
int terrace_memfd_create(const char *name, unsigned int flags);

/// `fallocate(2)` that gives a range of a file's memory back; what was there reads as zeros.
int terrace_punch_hole(int file, off_t offset, off_t length);

/// The general registers in a signal's `ucontext_t`, indexed by the x86-64 register number (rax = 0 … r15 = 15).
uint64_t terrace_context_register(const void *ucontext, int number);
void terrace_context_set_register(void *ucontext, int number, uint64_t value);
/// The program counter in a signal's `ucontext_t`.
uint64_t terrace_context_pc(const void *ucontext);
void terrace_context_set_pc(void *ucontext, uint64_t value);
/// The floating-point control word (MXCSR) in a signal's `ucontext_t`; 0 if it is not there.
uint32_t terrace_context_control_word(const void *ucontext);
void terrace_context_set_control_word(void *ucontext, uint32_t value);
/// The faulting address in a `siginfo_t`.
uint64_t terrace_siginfo_address(const siginfo_t *info);

/// A signal that a thread's fault handler has handed on to another handler: the signal's context, the frame of the
/// function that handed it on, and whom it was given to. All zero while there is none.
struct terrace_handed_on_signal {
    uintptr_t context;
    uintptr_t frame;
    const void *handler;
};
/// The calling thread's. Safe in a signal handler.
struct terrace_handed_on_signal *terrace_thread_handed_on_signal(void);
/// An address in the frame of the calling function.
static inline __attribute__((always_inline)) uintptr_t terrace_frame_address(void) {
    return (uintptr_t)__builtin_frame_address(0);
}

/// `cpuid` with a leaf and a sub-leaf; the result is eax, ebx, ecx, edx.
void terrace_cpuid(uint32_t leaf, uint32_t subleaf, uint32_t result[4]);
/// Extended control register 0 (which vector state the operating system saves); 0 where it cannot be read.
uint64_t terrace_xgetbv0(void);

/// Sleeps while the word has the expected value, until ``terrace_wake_address``; may also return early.
void terrace_wait_on_address(const void *word, uint32_t expected);
/// The same, at most until a moment of the monotonic clock.
void terrace_wait_on_address_until(const void *word, uint32_t expected, uint64_t nanoseconds);
/// Wakes every thread that sleeps on the word.
void terrace_wake_address(const void *word);
/// Wakes one of them.
void terrace_wake_one(const void *word);

/// How often the calling thread has entered the gate that keeps forks out.
extern _Thread_local uint32_t terrace_fork_gate_depth;
static inline __attribute__((always_inline)) uint32_t *terrace_thread_fork_gate_depth(void) {
    return &terrace_fork_gate_depth;
}

/// `mmap` with its result as an address; `UINTPTR_MAX` on failure (the macro `MAP_FAILED` is not imported).
static inline uintptr_t terrace_mmap(uintptr_t address, size_t length, int protection, int flags, int fd, off_t offset) {
    return (uintptr_t)mmap((void *)address, length, protection, flags, fd, offset);
}

/// `openat2(2)`, which glibc does not wrap: opens `path` beneath `directory` under the rules in `resolve`.
int terrace_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);
/// Bits of `resolve` and flags which the Glibc module leaves out; their values are checked in Files.c.
enum {
    TERRACE_RESOLVE_NO_MAGICLINKS = 0x02,  // links of /proc are not followed
    TERRACE_RESOLVE_BENEATH = 0x08,        // the path may not leave the directory
    TERRACE_O_PATH = 010000000,
    TERRACE_UTIME_NOW = (1 << 30) - 1,
    TERRACE_UTIME_OMIT = (1 << 30) - 2,
    TERRACE_IOV_MAX = 1024,
};
/// `getrandom(2)` without flags.
ssize_t terrace_getrandom(void *buffer, size_t length);
/// `ppoll(2)` that leaves the signal mask alone; a null `timeout` waits for ever.
int terrace_ppoll(struct pollfd *polls, nfds_t count, const struct timespec *timeout);
/// Bounds of the calling thread's own stack; not 0 if they are unknown.
int terrace_stack_bounds(uintptr_t *low, uintptr_t *high);

/// Makes all threads of the process pass a memory barrier and refetch instructions; not 0 if the system cannot.
int terrace_process_barrier(void);

/// The kernel's number of the calling thread.
int32_t terrace_thread_id(void);

/// An object file in memory that describes compiled code to a debugger. Its fields are those that GDB wants.
struct terrace_jit_entry {
    struct terrace_jit_entry *next;
    struct terrace_jit_entry *previous;
    const void *object;
    uint64_t object_size;
};
/// Add an entry to, and remove it from, the list that debuggers read. The caller lets one thread at a time do so.
void terrace_jit_register(struct terrace_jit_entry *entry);
void terrace_jit_unregister(struct terrace_jit_entry *entry);

/// Processors that the process may use.
int terrace_processor_count(void);

/// `mremap` that may move the mapping; `UINTPTR_MAX` on failure.
uintptr_t terrace_mremap(uintptr_t address, size_t old_length, size_t new_length);

#endif
