// The list through which debuggers learn of compiled code, under the names that GDB and LLDB look for. Weak, because
// another compiler in the process may bring them as well: all then share one list.
#include "CTerrace.h"

#include <stddef.h>

struct jit_descriptor {
    uint32_t version;
    uint32_t action;
    struct terrace_jit_entry *relevant;
    struct terrace_jit_entry *first;
};

enum { JIT_REGISTER = 1, JIT_UNREGISTER = 2 };

__attribute__((weak)) struct jit_descriptor __jit_debug_descriptor = {1, 0, NULL, NULL};

// A debugger has a breakpoint here.
__attribute__((weak, noinline)) void __jit_debug_register_code(void) { __asm__ volatile("" ::: "memory"); }

void terrace_jit_register(struct terrace_jit_entry *entry) {
    entry->previous = NULL;
    entry->next = __jit_debug_descriptor.first;
    if (entry->next) entry->next->previous = entry;
    __jit_debug_descriptor.first = entry;
    __jit_debug_descriptor.relevant = entry;
    __jit_debug_descriptor.action = JIT_REGISTER;
    __jit_debug_register_code();
}

void terrace_jit_unregister(struct terrace_jit_entry *entry) {
    if (entry->previous) entry->previous->next = entry->next;
    else __jit_debug_descriptor.first = entry->next;
    if (entry->next) entry->next->previous = entry->previous;
    __jit_debug_descriptor.relevant = entry;
    __jit_debug_descriptor.action = JIT_UNREGISTER;
    __jit_debug_register_code();
}
