/* Switches: dense, sparse, over 64-bit values, with gaps, nested, falling through, in a loop with jumps out. */
#include <stdint.h>
#include <stdio.h>

#define NOINLINE __attribute__((noinline))
#define CASE(n) case n: return n * n + 7 - (n % 5) * 3;
#define CASES4(n) CASE(n) CASE(n + 1) CASE(n + 2) CASE(n + 3)
#define CASES16(n) CASES4(n) CASES4(n + 4) CASES4(n + 8) CASES4(n + 12)
#define CASES64(n) CASES16(n) CASES16(n + 16) CASES16(n + 32) CASES16(n + 48)

NOINLINE static int dense(int n) {
    switch (n) {
        CASES64(0) CASES64(64) CASES64(128) CASES64(192)
        default: return -1;
    }
}

NOINLINE static int sparse(int n) {
    switch (n) {
        case -2147483647 - 1: return 1;
        case -1000: return 2;
        case -3: return 3;
        case 0: return 4;
        case 17: return 5;
        case 100000: return 6;
        case 2147483647: return 7;
    }
    return 0;
}

NOINLINE static int wide(int64_t n) {
    switch (n) {
        case 0: return 10;
        case 1: return 11;
        case 4294967296: return 12;
        case 4294967297: return 13;
        case -1: return 14;
        case INT64_MIN: return 15;
        default: return 16;
    }
}

NOINLINE static int fallThrough(int n) {
    int value = 0;
    switch (n) {
        case 5: value += 16; /* fall through */
        case 4: value += 8;  /* fall through */
        default: value += 4; /* fall through */
        case 2: value += 2;
                break;
        case 1: value = 100; /* fall through */
        case 0: value++;
    }
    return value;
}

typedef enum { text, tag, quoted, comment, end } State;

NOINLINE static int scan(const char *p) {
    int tags = 0, quotes = 0, letters = 0, comments = 0;
    State state = text;
    while (state != end) {
        char c = *p++;
        switch (state) {
            case text:
                switch (c) {
                    case 0: state = end; continue;
                    case '<': state = *p == '!' ? comment : tag; break;
                    case ' ': break;
                    default: letters++;
                }
                break;
            case tag:
                if (c == '>') tags++, state = text;
                else if (c == '"') state = quoted;
                else if (!c) goto unfinished;
                break;
            case quoted:
                if (c == '"') quotes++, state = tag;
                else if (!c) goto unfinished;
                break;
            case comment:
                if (c == '>') comments++, state = text;
                else if (!c) goto unfinished;
                break;
            case end: break;
        }
    }
    return tags * 1000 + quotes * 100 + letters + comments * 10000;
unfinished:
    return -1;
}

int main(void) {
    int64_t sum = 0;
    for (int i = -10; i < 300; i++) sum = sum * 3 % 1000000007 + dense(i);
    printf("%lld %d %d %d\n", (long long)sum, dense(0), dense(255), dense(256));
    static const int keys[] = {-2147483647 - 1, -1000, -3, 0, 1, 17, 99999, 100000, 2147483647};
    for (int i = 0; i < 9; i++) printf("%d ", sparse(keys[i]));
    static const int64_t wideKeys[] = {0, 1, 2, 4294967296, 4294967297, 4294967298, -1, INT64_MIN, INT64_MAX};
    for (int i = 0; i < 9; i++) printf("%d ", wide(wideKeys[i]));
    for (int i = -1; i < 7; i++) printf("%d ", fallThrough(i));
    printf("\n%d %d %d\n", scan("a <b c=\"d>\"> e <!-- f > g <h i=\"\" j=\"k\">"), scan("plain"), scan("<open \"quote"));
    return 0;
}
