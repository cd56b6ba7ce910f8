/* Searching text: a backtracking regular expression matcher, Boyer-Moore-Horspool, and edit distance. */
#include "bench.h"

/* Patterns: literal characters, '.', classes [a-f], '*' and '+' and '?' after one of those, '^', '$'. */
static const char *one(const char *pattern, char c, int *matches) {
    if (*pattern == '[') {
        int found = 0, inverted = pattern[1] == '^';
        for (pattern += 1 + inverted; *pattern != ']'; pattern++) {
            if (pattern[1] == '-' && pattern[2] != ']') {
                found |= c >= pattern[0] && c <= pattern[2];
                pattern += 2;
            } else {
                found |= c == *pattern;
            }
        }
        *matches = c && found != inverted;
        return pattern + 1;
    }
    *matches = c && (*pattern == '.' || *pattern == c);
    return pattern + 1;
}

static const char *matchHere(const char *pattern, const char *text) {
    for (;;) {
        if (!*pattern) return text;
        if (*pattern == '$' && !pattern[1]) return *text ? 0 : text;
        int matches;
        const char *rest = one(pattern, *text, &matches);
        if (*rest == '*' || *rest == '+' || *rest == '?') {
            const char *end = text;
            int most = *rest == '?' ? 1 : 1 << 30, least = *rest == '+', n = 0;
            while (n < most && (one(pattern, *end, &matches), matches)) end++, n++;
            for (; n >= least; n--, end--) {
                const char *result = matchHere(rest + 1, end);
                if (result) return result;
            }
            return 0;
        }
        if (!matches) return 0;
        pattern = rest, text++;
    }
}

static int countMatches(const char *pattern, const char *text) {
    int count = 0;
    while (*text) {
        const char *end = matchHere(pattern, text);
        if (end && end > text) count++, text = end;
        else text++;
    }
    return count;
}

static int horspool(const char *needle, const char *text, int length) {
    int skip[256], n = (int)strlen(needle), count = 0;
    for (int i = 0; i < 256; i++) skip[i] = n;
    for (int i = 0; i < n - 1; i++) skip[(unsigned char)needle[i]] = n - 1 - i;
    for (int i = 0; i + n <= length; i += skip[(unsigned char)text[i + n - 1]])
        if (memcmp(text + i, needle, (size_t)n) == 0) count++;
    return count;
}

static int distance(const char *a, int n, const char *b, int m) {
    static int row[4096];
    for (int j = 0; j <= m; j++) row[j] = j;
    for (int i = 1; i <= n; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            int above = row[j], best = diagonal + (a[i - 1] != b[j - 1]);
            if (above + 1 < best) best = above + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = above, row[j] = best;
        }
    }
    return row[m];
}

int main(int argc, char **argv) {
    int scale = benchSize(argc, argv, 50);
    enum { size = 400000 };
    static char text[size + 1];
    static const char *const words[] = {"stone", "river", "terrace", "lamp", "x123", "9.75", "and", "the", "module"};
    for (int i = 0; i < size;) {
        const char *word = words[benchRandom() % 9];
        while (*word && i < size) text[i++] = *word++;
        if (i < size) text[i++] = benchRandom() % 8 ? ' ' : '\n';
    }
    static const char *const patterns[] = {"[a-z]+er", "t[^ ]*e", "[0-9]+.[0-9]*5", "x1?2?3 ", "[a-m]*[n-z][a-e] ", "s.*r e"};
    for (int i = 0; i < 6; i++) {
        int count = 0;
        for (int round = 0; round < scale / (i == 5 ? 24 : 4) + 1; round++) count += countMatches(patterns[i], i == 5 ? text + size - 3000 : text);
        printf("%s: %d\n", patterns[i], count);
    }
    int found = 0;
    for (int i = 0; i < scale * 4; i++) found += horspool(words[i % 9], text, size) + horspool("terrace module", text, size);
    printf("found %d\n", found);
    int total = 0;
    for (int i = 0; i < scale * 3; i++) total += distance(text + i * 100, 1500, text + 20000 + i * 77, 1500);
    printf("distance %d\n", total);
    return 0;
}
