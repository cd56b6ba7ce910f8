/* A bytecode interpreter with a big switch, running a small program that counts Collatz steps and primes. */
#include "bench.h"

enum { halt, push, load, store, add, sub, mul, divide, modulo, less, equal, jump, jumpIfZero, dup, drop, shiftRight, bitAnd,
       bitOr, bitXor, negate, call, ret, increment, print };

typedef struct { unsigned char op; int32_t argument; } Instruction;

static Instruction code[256];
static int length;

static int emit(int op, int32_t argument) {
    code[length].op = (unsigned char)op;
    code[length].argument = argument;
    return length++;
}

static long long executed;

static void run(int pc) {
    int32_t stack[256], locals[16] = {0};
    int returns[64], sp = 0, rp = 0;
    for (;;) {
        Instruction i = code[pc++];
        executed++;
        switch (i.op) {
            case halt: return;
            case push: stack[sp++] = i.argument; break;
            case load: stack[sp++] = locals[i.argument]; break;
            case store: locals[i.argument] = stack[--sp]; break;
            case add: sp--, stack[sp - 1] += stack[sp]; break;
            case sub: sp--, stack[sp - 1] -= stack[sp]; break;
            case mul: sp--, stack[sp - 1] *= stack[sp]; break;
            case divide: sp--, stack[sp - 1] /= stack[sp]; break;
            case modulo: sp--, stack[sp - 1] %= stack[sp]; break;
            case less: sp--, stack[sp - 1] = stack[sp - 1] < stack[sp]; break;
            case equal: sp--, stack[sp - 1] = stack[sp - 1] == stack[sp]; break;
            case jump: pc = i.argument; break;
            case jumpIfZero: if (!stack[--sp]) pc = i.argument; break;
            case dup: stack[sp] = stack[sp - 1], sp++; break;
            case drop: sp--; break;
            case shiftRight: sp--, stack[sp - 1] = (int32_t)((uint32_t)stack[sp - 1] >> (stack[sp] & 31)); break;
            case bitAnd: sp--, stack[sp - 1] &= stack[sp]; break;
            case bitOr: sp--, stack[sp - 1] |= stack[sp]; break;
            case bitXor: sp--, stack[sp - 1] ^= stack[sp]; break;
            case negate: stack[sp - 1] = -stack[sp - 1]; break;
            case call: returns[rp++] = pc, pc = i.argument; break;
            case ret: pc = returns[--rp]; break;
            case increment: locals[i.argument]++; break;
            case print: printf("%d\n", (int)stack[--sp]); break;
            default: abort();
        }
    }
}

int main(int argc, char **argv) {
    int limit = benchSize(argc, argv, 25) * 10000;
    /* locals: 0 = i, 1 = value, 2 = steps, 3 = most steps, 4 = divisor, 5 = primes */
    emit(jump, 0);
    int collatz = length; /* steps(value) until 1, with the value kept below 2^24 */
    emit(push, 0), emit(store, 2);
    int loop = length;
    emit(load, 1), emit(push, 2), emit(less, 0);
    int inside = emit(jumpIfZero, 0);
    emit(ret, 0);
    code[inside].argument = length;
    emit(load, 1), emit(push, 1), emit(bitAnd, 0);
    int even = emit(jumpIfZero, 0);
    emit(load, 1), emit(push, 3), emit(mul, 0), emit(push, 1), emit(add, 0), emit(push, 0xFFFFFF), emit(bitAnd, 0);
    emit(store, 1);
    int joined = emit(jump, 0);
    code[even].argument = length;
    emit(load, 1), emit(push, 1), emit(shiftRight, 0), emit(store, 1);
    code[joined].argument = length;
    emit(increment, 2);
    emit(load, 2), emit(push, 200), emit(less, 0);
    int capped = emit(jumpIfZero, 0);
    emit(jump, loop);
    code[capped].argument = length;
    emit(ret, 0);
    code[0].argument = length;
    emit(push, 1), emit(store, 0);
    int outer = length;
    emit(load, 0), emit(push, limit), emit(less, 0);
    int done = emit(jumpIfZero, 0);
    emit(load, 0), emit(store, 1), emit(call, collatz);
    emit(load, 3), emit(load, 2), emit(less, 0);
    int notMore = emit(jumpIfZero, 0);
    emit(load, 2), emit(store, 3);
    code[notMore].argument = length;
    emit(push, 2), emit(store, 4);
    int divide1 = length;
    emit(load, 0), emit(load, 4), emit(dup, 0), emit(mul, 0), emit(less, 0);
    int tryIt = emit(jumpIfZero, 0);
    emit(increment, 5);
    int next = emit(jump, 0);
    code[tryIt].argument = length;
    emit(load, 0), emit(load, 4), emit(modulo, 0);
    int divisible = emit(jumpIfZero, 0);
    emit(increment, 4), emit(jump, divide1);
    code[divisible].argument = length;
    code[next].argument = length;
    emit(increment, 0), emit(jump, outer);
    code[done].argument = length;
    emit(load, 3), emit(print, 0), emit(load, 5), emit(print, 0), emit(halt, 0);
    run(0);
    printf("%lld\n", executed);
    return 0;
}
