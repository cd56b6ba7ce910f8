/* Functions with a variable number of arguments of all kinds, lists passed on and copied. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

static int sum(int count, ...) {
    va_list list;
    va_start(list, count);
    int total = 0;
    while (count--) total += va_arg(list, int);
    va_end(list);
    return total;
}

typedef struct { int a; double b; } Pair;

/* i = int, l = 64 bits, d = double, s = string, p = pair */
static void show(const char *kinds, va_list list) {
    for (; *kinds; kinds++) switch (*kinds) {
            case 'i': printf("%d ", va_arg(list, int)); break;
            case 'l': printf("%lld ", (long long)va_arg(list, int64_t)); break;
            case 'd': printf("%.3f ", va_arg(list, double)); break;
            case 's': printf("%s ", va_arg(list, const char *)); break;
            case 'p': {
                Pair pair = va_arg(list, Pair);
                printf("(%d, %.2f) ", pair.a, pair.b);
            }
        }
    printf("\n");
}

static void twice(const char *kinds, ...) {
    va_list list, copy;
    va_start(list, kinds);
    va_copy(copy, list);
    show(kinds, list);
    show(kinds, copy);
    va_end(copy);
    va_end(list);
}

static int format(char *buffer, size_t size, const char *pattern, ...) {
    va_list list;
    va_start(list, pattern);
    int n = vsnprintf(buffer, size, pattern, list);
    va_end(list);
    return n;
}

int main(void) {
    printf("%d %d %d\n", sum(0), sum(3, 1, 2, 3), sum(12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    twice("ildsp", 1, (int64_t)2 << 40, 3.5, "four", (Pair){5, 6.25});
    twice("dididididididid", 1.0, 2, 3.0, 4, 5.0, 6, 7.0, 8, 9.0, 10, 11.0, 12, 13.0, 14, 15.0);
    twice("iliplisd", -1, (int64_t)-2, 3, (Pair){-4, -0.5}, INT64_MIN, 6, "seven", (double)8.5f);
    char buffer[32];
    int n = format(buffer, sizeof buffer, "%d/%s/%.1f/%c/%llx", 10, "abc", 2.25, 'z', 0xFEDCBA9876543210ull);
    printf("%d %s\n", n, buffer);
    return 0;
}
