/* 32-bit integers and narrower: all operators, signed and unsigned, at their edges. */
#include <stdint.h>
#include <stdio.h>

static const int32_t values[] = {0, 1, -1, 2, -2, 7, -7, 31, 32, 255, -256, 65535, -65536, 1000003, INT32_MAX, INT32_MIN, INT32_MIN + 1};
enum { count = sizeof values / sizeof values[0] };

int main(void) {
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < count; j++) {
            volatile int32_t a = values[i], b = values[j];
            uint32_t ua = (uint32_t)a, ub = (uint32_t)b;
            uint32_t hash = ua + ub;
            hash = hash * 31 + (ua - ub);
            hash = hash * 31 + ua * ub;
            hash = hash * 31 + ((ua & ub) ^ (ua | ub)) + ~(ua ^ ub);
            if (ub) hash = hash * 31 + ua / ub + 7 * (ua % ub);
            if (b && !(a == INT32_MIN && b == -1)) hash = hash * 31 + (uint32_t)(a / b) + 7 * (uint32_t)(a % b);
            if (b == -1) hash = hash * 31 + (uint32_t)(a == INT32_MIN ? 0 : a % b);
            hash = hash * 31 + (ua << (b & 31)) + (ua >> (b & 31)) + (uint32_t)(a >> (b & 31));
            hash = hash * 31 + (ua << (b & 31) | ua >> (-b & 31)) + (ua >> (b & 31) | ua << (-b & 31));
            hash = hash * 31 + (uint32_t)((a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 | (a != b) << 5);
            hash = hash * 31 + (uint32_t)((ua < ub) | (ua <= ub) << 1 | (ua > ub) << 2 | (ua >= ub) << 3 | !a << 4);
            hash = hash * 31 + (uint32_t)(int8_t)a + (uint32_t)(int16_t)b + (uint8_t)a + (uint16_t)b;
            printf("%08x%c", (unsigned)hash, j == count - 1 ? '\n' : ' ');
        }
    }
    int8_t small = 127;
    small++;
    uint8_t byte = 0;
    byte--;
    int16_t word = INT16_MIN;
    word--;
    printf("%d %d %d\n", small, byte, word);
    return 0;
}
