// Three nested loops in one function that is called once: a product of matrices of integers.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments) {
    int size = count > 1 ? atoi(arguments[1]) : 1000;
    uint32_t *a = malloc(sizeof *a * size * size), *b = malloc(sizeof *b * size * size);
    uint32_t *c = calloc(size * size, sizeof *c);
    if (!a || !b || !c) return 1;
    for (int i = 0; i < size * size; i++) {
        a[i] = (uint32_t)i * 2654435761u;
        b[i] = (uint32_t)i ^ 0x9e3779b9u;
    }
    for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++) {
            uint32_t sum = 0;
            for (int k = 0; k < size; k++) sum += (a[i * size + k] ^ sum) * b[j * size + k];
            c[i * size + j] = sum;
        }
    uint32_t hash = 0;
    for (int i = 0; i < size * size; i++) hash = hash * 31 + c[i];
    printf("%08x\n", hash);
    return 0;
}
