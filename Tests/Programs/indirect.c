/* Indirect calls: tables of functions of several signatures, callbacks, qsort and bsearch, a table that changes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int (*Unary)(int);
typedef double (*Real)(double, double);
typedef int64_t (*Long)(int64_t, int32_t);
typedef void (*Action)(int *, const char *);

static int twice(int x) { return 2 * x; }
static int square(int x) { return x * x; }
static int negate(int x) { return -x; }
static double plus(double a, double b) { return a + b; }
static double times(double a, double b) { return a * b; }
static int64_t shift(int64_t a, int32_t b) { return a << (b & 15); }
static int64_t minus(int64_t a, int32_t b) { return a - b; }
static void append(int *total, const char *text) { *total = *total * 10 + (int)strlen(text); }
static void reset(int *total, const char *text) { *total = text[0]; }

typedef struct Shape { const struct Methods *methods; int width, height; } Shape;
typedef struct Methods { const char *name; int (*area)(const Shape *); void (*grow)(Shape *, int); } Methods;
static int rectangleArea(const Shape *shape) { return shape->width * shape->height; }
static int triangleArea(const Shape *shape) { return shape->width * shape->height / 2; }
static void growWidth(Shape *shape, int by) { shape->width += by; }
static void growBoth(Shape *shape, int by) { shape->width += by, shape->height += by; }
static const Methods rectangle = {"rectangle", rectangleArea, growBoth}, triangle = {"triangle", triangleArea, growWidth};

static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static int byLength(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    int difference = (int)strlen(*x) - (int)strlen(*y);
    return difference ? difference : strcmp(*x, *y);
}

static int fold(const int *items, int count, int start, int (*combine)(int, int)) {
    for (int i = 0; i < count; i++) start = combine(start, items[i]);
    return start;
}
static int add(int a, int b) { return a + b; }
static int largest(int a, int b) { return a > b ? a : b; }

int main(void) {
    Unary unary[] = {twice, square, negate, abs};
    Real real[] = {plus, times};
    Long wide[] = {shift, minus};
    Action action[] = {append, reset, append};
    int total = 3;
    double product = 1.5;
    int64_t n = 1;
    for (int i = 0; i < 40; i++) {
        total = unary[(total ^ i) & 3](total % 1000);
        product = real[i & 1](product, i % 7 * 0.25 + 0.5);
        n = wide[i % 3 == 0](n, i) & 0xffffffffffff;
        Unary t = unary[i & 3];
        unary[i & 3] = unary[(i + 1) & 3], unary[(i + 1) & 3] = t;
    }
    for (int i = 0; i < 3; i++) action[i](&total, "word");
    printf("%d %.10g %lld\n", total, product, (long long)n);
    Shape shapes[] = {{&rectangle, 2, 3}, {&triangle, 4, 5}, {&rectangle, 1, 1}};
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 3; i++) {
            shapes[i].methods->grow(&shapes[i], round + i);
            printf("%s %d\n", shapes[i].methods->name, shapes[i].methods->area(&shapes[i]));
        }
    int items[50];
    for (int i = 0; i < 50; i++) items[i] = i * 7919 % 1009;
    qsort(items, 50, sizeof *items, ascending);
    int key = 28 * 7919 % 1009, *found = bsearch(&key, items, 50, sizeof *items, ascending);
    printf("%d %d %d\n", items[0], items[49], found ? (int)(found - items) : -1);
    const char *names[] = {"pear", "fig", "banana", "kiwi", "apple", "date", "elderberry"};
    qsort(names, 7, sizeof *names, byLength);
    for (int i = 0; i < 7; i++) printf("%s ", names[i]);
    printf("\n%d %d\n", fold(items, 50, 0, add), fold(items, 50, 0, largest));
    return 0;
}
