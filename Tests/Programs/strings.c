/* Strings: the library's searching, comparing, splitting and parsing functions. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int sign(int x) { return (x > 0) - (x < 0); }

int main(void) {
    const char *text = "the quick brown fox jumps over the lazy dog";
    printf("%d %d %d\n", (int)strlen(text), (int)(strchr(text, 'q') - text), (int)(strrchr(text, 'o') - text));
    printf("%s|%s\n", strstr(text, "fox"), strstr(text, "cat") ? "found" : "none");
    printf("%d %d %d\n", sign(strcmp("abc", "abd")), sign(strncmp("abc", "abd", 2)), sign(strcmp("b", "abc")));
    printf("%d %d %d\n", (int)strspn("aabbc", "ab"), (int)strcspn("xyz,abc", ","), (int)(strpbrk(text, "xyz") - text));
    char copy[64], *words[16];
    strcpy(copy, text);
    int n = 0;
    for (char *word = strtok(copy, " "); word; word = strtok(0, " ")) words[n++] = word;
    for (int i = n; i--;) printf("%s%c", words[i], i ? ' ' : '\n');
    char padded[8];
    strncpy(padded, "ab", sizeof padded);
    int zeros = 0;
    for (size_t i = 0; i < sizeof padded; i++) zeros += padded[i] == 0;
    printf("%d\n", zeros);
    char joined[40] = "one";
    strcat(joined, "+");
    strncat(joined, "twothree", 3);
    printf("%s %d\n", joined, (int)strnlen(joined, 4));
    char *end;
    printf("%ld %ld %ld %ld\n", strtol("  -42abc", &end, 10), strtol("0x1F", 0, 0), strtol("077", 0, 0), strtol("zz", 0, 36));
    printf("[%s]\n", end);
    errno = 0;
    unsigned long long most = strtoull("99999999999999999999", 0, 10);
    printf("%llu %d\n", most, errno == ERANGE);
    const char *numbers[] = {"3.14159", "-1e-3", "0x1.8p3", "inf", "1e400", "2.2250738585072014e-308", "4.9e-324", "123456789012345678901234567890", "0.1e1x", "."};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double value = strtod(numbers[i], &end);
        printf("%.17g [%s]\n", value, end);
    }
    for (int c = 0; c < 128; c += 9)
        printf("%d%d%d%d%d%d ", !!isalpha(c), !!isdigit(c), !!isspace(c), !!ispunct(c), !!isupper(c), !!isxdigit(c));
    printf("\n");
    for (const char *p = text; *p; p++) putchar(p == text || p[-1] == ' ' ? toupper(*p) : *p);
    printf("\n%d %d\n", memcmp("ab\0cd", "ab\0ce", 5) < 0, (int)((const char *)memchr("hello", 'l', 5) != 0));
    return 0;
}
