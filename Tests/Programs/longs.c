/* 64-bit integers: all operators, signed and unsigned, at their edges, and their meeting with 32-bit ones. */
#include <inttypes.h>
#include <stdio.h>

static const int64_t values[] = {0, 1, -1, 3, -10, 63, 64, INT32_MAX, INT32_MIN, 4294967295, 4294967296, -4294967297, 1234567890123456789, INT64_MAX, INT64_MIN, INT64_MIN + 1};
enum { count = sizeof values / sizeof values[0] };

int main(void) {
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < count; j++) {
            volatile int64_t a = values[i], b = values[j];
            uint64_t ua = (uint64_t)a, ub = (uint64_t)b;
            uint64_t hash = ua + ub;
            hash = hash * 31 + (ua - ub);
            hash = hash * 31 + ua * ub;
            hash = hash * 31 + ((ua & ub) ^ (ua | ub)) + ~(ua ^ ub);
            if (ub) hash = hash * 31 + ua / ub + 7 * (ua % ub);
            if (b && !(a == INT64_MIN && b == -1)) hash = hash * 31 + (uint64_t)(a / b) + 7 * (uint64_t)(a % b);
            hash = hash * 31 + (ua << (b & 63)) + (ua >> (b & 63)) + (uint64_t)(a >> (b & 63));
            hash = hash * 31 + (ua << (b & 63) | ua >> (-b & 63)) + (ua >> (b & 63) | ua << (-b & 63));
            hash = hash * 31 + (uint64_t)((a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 | (a != b) << 5);
            hash = hash * 31 + (uint64_t)((ua < ub) | (ua <= ub) << 1 | (ua > ub) << 2 | (ua >= ub) << 3 | !a << 4);
            hash = hash * 31 + (uint64_t)(int8_t)a + (uint64_t)(int16_t)b + (uint64_t)(int32_t)a + (uint32_t)b;
            hash = hash * 31 + (ua ? (uint64_t)__builtin_clzll(ua) * 100 + (uint64_t)__builtin_ctzll(ua) : 64) + (uint64_t)__builtin_popcountll(ub);
            printf("%016" PRIx64 "%c", hash, j == count - 1 ? '\n' : ' ');
        }
    }
    uint64_t factorial = 1;
    for (uint64_t n = 1; n <= 20; n++) factorial *= n;
    printf("%" PRIu64 " %" PRId64 "\n", factorial, INT64_MIN);
    int64_t a = 0, b = 1;
    for (int i = 0; i < 92; i++) {
        int64_t next = a + b;
        a = b, b = next;
    }
    printf("%" PRId64 "\n", a);
    uint64_t x = 0x0123456789abcdef;
    printf("%" PRIx64 " %" PRIx64 "\n", __builtin_bswap64(x), (x & 0x00ff00ff00ff00ff) << 8 | (x >> 8 & 0x00ff00ff00ff00ff));
    return 0;
}
