/* JSON: writes a document, parses it into a tree, walks the tree, again and again. */
#include "bench.h"

typedef enum { null, boolean, number, string, array, object } Kind;
typedef struct Value {
    Kind kind;
    double number;
    char *text;
    struct Value *child, *next;
    const char *key;
} Value;

static const char *p;
static char *arena, *top;

static void *allocate(size_t size) {
    void *result = top;
    top += (size + 7) & ~(size_t)7;
    return result;
}

static void skip(void) {
    while (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r') p++;
}

static char *parseString(void) {
    char *out = top, *result = out;
    for (p++; *p != '"'; p++) {
        if (*p != '\\') {
            *out++ = *p;
            continue;
        }
        switch (*++p) {
            case 'n': *out++ = '\n'; break;
            case 't': *out++ = '\t'; break;
            case 'u': {
                unsigned code = 0;
                for (int i = 0; i < 4; i++) {
                    char c = *++p;
                    code = code * 16 + (unsigned)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
                }
                if (code < 0x80) *out++ = (char)code;
                else if (code < 0x800) *out++ = (char)(0xC0 | code >> 6), *out++ = (char)(0x80 | (code & 63));
                else *out++ = (char)(0xE0 | code >> 12), *out++ = (char)(0x80 | (code >> 6 & 63)),
                     *out++ = (char)(0x80 | (code & 63));
                break;
            }
            default: *out++ = *p;
        }
    }
    p++;
    *out++ = 0;
    top += (out - result + 7) & ~7;
    return result;
}

static Value *parse(void) {
    skip();
    Value *value = allocate(sizeof *value);
    memset(value, 0, sizeof *value);
    if (*p == '{' || *p == '[') {
        char close = *p == '{' ? '}' : ']';
        value->kind = *p == '{' ? object : array;
        Value **link = &value->child;
        for (p++, skip(); *p != close; skip()) {
            const char *key = 0;
            if (value->kind == object) {
                key = parseString();
                skip();
                p++;
            }
            *link = parse();
            (*link)->key = key;
            link = &(*link)->next;
            skip();
            if (*p == ',') p++;
        }
        p++;
    } else if (*p == '"') {
        value->kind = string;
        value->text = parseString();
    } else if (*p == 't' || *p == 'f') {
        value->kind = boolean;
        value->number = *p == 't';
        p += *p == 't' ? 4 : 5;
    } else if (*p == 'n') {
        p += 4;
    } else {
        value->kind = number;
        int negative = *p == '-';
        double n = 0, scale = 1;
        p += negative;
        while (*p >= '0' && *p <= '9') n = n * 10 + (*p++ - '0');
        if (*p == '.')
            for (p++; *p >= '0' && *p <= '9'; p++) n = n * 10 + (*p - '0'), scale *= 10;
        value->number = (negative ? -n : n) / scale;
    }
    return value;
}

static double walk(const Value *value, uint32_t *hash, int depth) {
    double sum = value->number * (depth + 1);
    if (value->key) *hash = benchHash(*hash, value->key, strlen(value->key));
    if (value->text) *hash = benchHash(*hash, value->text, strlen(value->text));
    for (const Value *child = value->child; child; child = child->next) sum += walk(child, hash, depth + 1);
    return sum;
}

int main(int argc, char **argv) {
    int rounds = benchSize(argc, argv, 160), records = 20000;
    char *text = malloc(8 << 20), *out = text;
    arena = malloc(64 << 20);
    out += sprintf(out, "{\"version\": 3, \"records\": [\n");
    for (int i = 0; i < records; i++) {
        out += sprintf(out, "  {\"id\": %d, \"name\": \"record \\\"%u\\\"\\n\", \"tags\": [\"a%d\", \"\\u00e9t\\u0e01\", true, null],",
                       i, (unsigned)(benchRandom() % 10000), i % 10);
        out += sprintf(out, " \"at\": {\"x\": -%u.%02u, \"y\": %u.5, \"ok\": %s}}%s\n", (unsigned)(benchRandom() % 1000),
                       (unsigned)(benchRandom() % 100), (unsigned)(benchRandom() % 1000), i & 1 ? "true" : "false",
                       i + 1 < records ? "," : "");
    }
    out += sprintf(out, "]}");
    double sum = 0;
    uint32_t hash = 2166136261u;
    for (int i = 0; i < rounds; i++) {
        top = arena;
        p = text;
        sum += walk(parse(), &hash, 0);
    }
    printf("%d bytes, %d in memory\n", (int)(out - text), (int)(records > 0));
    printf("%.2f %08x\n", sum, (unsigned)hash);
    return 0;
}
