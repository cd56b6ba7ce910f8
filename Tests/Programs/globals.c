/* Global data: initialised, zero, constant, pointers between globals, static locals, constructors. */
#include <stdint.h>
#include <stdio.h>

typedef struct Item { const char *name; int value; const struct Item *next; double weights[3]; } Item;

static const Item third = {"third", 3, 0, {0.1, 0.2, 0.3}};
static const Item second = {"second", 2, &third, {1e10, -1e-10, 0}};
static Item first = {"first", 1, &second, {1, 2, 3}};
static const Item *const heads[] = {&first, &second, &third, 0};
static int zero[1000];
static int64_t wide = -1234567890123;
static float ratio = 2.5f;
static uint8_t bytes[7] = {1, 2, 3, 255};
static int *inside = &zero[500];
static const char *const words[] = {"alpha", "beta", "gamma"};
static int order;

__attribute__((constructor(101))) static void early(void) { order = order * 10 + 1; }
__attribute__((constructor(102))) static void late(void) { order = order * 10 + 2; }

__attribute__((noinline)) static int counter(void) {
    static int calls = 100;
    static int64_t total;
    total += calls;
    return (int)(++calls + total % 7);
}

int main(void) {
    printf("order %d\n", order);
    first.weights[1] *= 10;
    for (int i = 0; heads[i]; i++)
        for (const Item *item = heads[i]; item; item = item->next)
            printf("%s %d %g %g %g\n", item->name, item->value, item->weights[0], item->weights[1], item->weights[2]);
    *inside += 7;
    inside[3]++;
    int sum = 0;
    for (int i = 0; i < 1000; i++) sum += zero[i] * i;
    wide *= 3, ratio /= 4, bytes[4] = (uint8_t)(bytes[3] + bytes[2]);
    printf("%d %lld %.4f %d %s %c\n", sum, (long long)wide, (double)ratio, bytes[4], words[1], words[2][3]);
    for (int i = 0; i < 5; i++) printf("%d ", counter());
    printf("\n");
    return 0;
}
