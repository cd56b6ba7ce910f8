/* Five hundred small functions, called directly in chains and through a table. */
#include <stdint.h>
#include <stdio.h>

#define NOINLINE __attribute__((noinline))
#define FUNCTION(n)                                                             \
    NOINLINE static uint32_t function##n(uint32_t x, uint32_t y) {              \
        x = (x ^ (0x##n##u * 2654435761u)) + (y >> (0x##n & 15));               \
        return (x << (0x##n % 31 + 1) | x >> (31 - 0x##n % 31)) + 0x##n;        \
    }
#define NAME(n) function##n,
#define EACH16(m, p) m(p##0) m(p##1) m(p##2) m(p##3) m(p##4) m(p##5) m(p##6) m(p##7) m(p##8) m(p##9) m(p##a) m(p##b) m(p##c) m(p##d) m(p##e) m(p##f)
#define EACH(m)                                                                                                          \
    EACH16(m, 10) EACH16(m, 11) EACH16(m, 12) EACH16(m, 13) EACH16(m, 14) EACH16(m, 15) EACH16(m, 16) EACH16(m, 17)      \
    EACH16(m, 18) EACH16(m, 19) EACH16(m, 1a) EACH16(m, 1b) EACH16(m, 1c) EACH16(m, 1d) EACH16(m, 1e) EACH16(m, 1f)      \
    EACH16(m, 20) EACH16(m, 21) EACH16(m, 22) EACH16(m, 23) EACH16(m, 24) EACH16(m, 25) EACH16(m, 26) EACH16(m, 27)      \
    EACH16(m, 28) EACH16(m, 29) EACH16(m, 2a) EACH16(m, 2b) EACH16(m, 2c) EACH16(m, 2d) EACH16(m, 2e) EACH16(m, 2f)

EACH(FUNCTION)

static uint32_t (*const table[])(uint32_t, uint32_t) = {EACH(NAME)};
enum { count = sizeof table / sizeof table[0] };

#define CALL(n) x = function##n(x, x >> 3);
NOINLINE static uint32_t chain(uint32_t x) {
    EACH(CALL)
    return x;
}

int main(void) {
    uint32_t x = 1;
    for (int i = 0; i < 20; i++) x = chain(x);
    printf("%d %08x\n", (int)count, (unsigned)x);
    for (int i = 0; i < 20000; i++) x = table[x % count](x, (uint32_t)i);
    printf("%08x\n", (unsigned)x);
    return 0;
}
