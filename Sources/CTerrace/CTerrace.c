#define _GNU_SOURCE
#include "CTerrace.h"

#include <cpuid.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <limits.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

int terrace_memfd_create(const char *name, unsigned int flags) { return memfd_create(name, flags); }

int terrace_punch_hole(int file, off_t offset, off_t length) {
    return fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
}

int terrace_stack_bounds(uintptr_t *low, uintptr_t *high) {
    pthread_attr_t attributes;
    int result = pthread_getattr_np(pthread_self(), &attributes);
    if (result != 0) return result;
    void *start;
    size_t size;
    result = pthread_attr_getstack(&attributes, &start, &size);
    pthread_attr_destroy(&attributes);
    if (result != 0) return result;
    *low = (uintptr_t)start;
    *high = *low + size;
    return 0;
}

// The kernel's numbers; its header may be older than it.
enum { BARRIER = 1 << 5, REGISTER_BARRIER = 1 << 6 };  // MEMBARRIER_CMD_…PRIVATE_EXPEDITED_SYNC_CORE

int terrace_process_barrier(void) {
    int result = (int)syscall(SYS_membarrier, BARRIER, 0, 0);
    // Processes say once that they will.
    if (result != 0 && syscall(SYS_membarrier, REGISTER_BARRIER, 0, 0) == 0)
        result = (int)syscall(SYS_membarrier, BARRIER, 0, 0);
    return result;
}

int32_t terrace_thread_id(void) { return gettid(); }

int terrace_processor_count(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

uintptr_t terrace_mremap(uintptr_t address, size_t old_length, size_t new_length) {
    return (uintptr_t)mremap((void *)address, old_length, new_length, MREMAP_MAYMOVE);
}

// x86-64 register numbers to the kernel's order of saved registers.
static const int register_slots[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                                       REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

uint64_t terrace_context_register(const void *context, int number) {
    return (uint64_t)((const ucontext_t *)context)->uc_mcontext.gregs[register_slots[number & 15]];
}

void terrace_context_set_register(void *context, int number, uint64_t value) {
    ((ucontext_t *)context)->uc_mcontext.gregs[register_slots[number & 15]] = (greg_t)value;
}

uint64_t terrace_context_pc(const void *context) {
    return (uint64_t)((const ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
}

void terrace_context_set_pc(void *context, uint64_t value) {
    ((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP] = (greg_t)value;
}

uint32_t terrace_context_control_word(const void *context) {
    const struct _libc_fpstate *state = ((const ucontext_t *)context)->uc_mcontext.fpregs;
    return state ? state->mxcsr : 0;
}

void terrace_context_set_control_word(void *context, uint32_t value) {
    struct _libc_fpstate *state = ((ucontext_t *)context)->uc_mcontext.fpregs;
    if (state) state->mxcsr = value;
}

uint64_t terrace_siginfo_address(const siginfo_t *info) { return (uint64_t)(uintptr_t)info->si_addr; }

// This model of thread-local storage needs no allocation at its first use in a thread.
static _Thread_local __attribute__((tls_model("initial-exec"))) struct terrace_handed_on_signal handed_on_signal;

struct terrace_handed_on_signal *terrace_thread_handed_on_signal(void) { return &handed_on_signal; }

void terrace_cpuid(uint32_t leaf, uint32_t subleaf, uint32_t result[4]) {
    __cpuid_count(leaf, subleaf, result[0], result[1], result[2], result[3]);
}

uint64_t terrace_xgetbv0(void) {
    uint32_t result[4];
    __cpuid_count(1, 0, result[0], result[1], result[2], result[3]);
    if (!(result[2] & (1u << 27))) return 0;  // OSXSAVE
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return ((uint64_t)high << 32) | low;
}

void terrace_wait_on_address(const void *word, uint32_t expected) {
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, (void *)0, (void *)0, 0);
}

void terrace_wait_on_address_until(const void *word, uint32_t expected, uint64_t nanoseconds) {
    uint64_t longest = INT64_MAX / 1000000000;
    uint64_t seconds = nanoseconds / 1000000000;
    struct timespec until = {seconds < longest ? seconds : longest, nanoseconds % 1000000000};
    syscall(SYS_futex, word, FUTEX_WAIT_BITSET_PRIVATE, expected, &until, (void *)0, FUTEX_BITSET_MATCH_ANY);
}

void terrace_wake_one(const void *word) {
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, (void *)0, (void *)0, 0);
}

_Thread_local uint32_t terrace_fork_gate_depth;

void terrace_wake_address(const void *word) {
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, (void *)0, (void *)0, 0);
}
