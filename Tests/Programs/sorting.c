/* Eight ways of sorting, all of which have to agree. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { count = 2000 };
typedef void (*Sort)(int *, int);

static void swap(int *a, int *b) {
    int t = *a;
    *a = *b, *b = t;
}
static void bubble(int *a, int n) {
    for (int i = n; i > 1; i--)
        for (int j = 1; j < i; j++)
            if (a[j - 1] > a[j]) swap(&a[j - 1], &a[j]);
}
static void insertion(int *a, int n) {
    for (int i = 1; i < n; i++)
        for (int j = i; j > 0 && a[j - 1] > a[j]; j--) swap(&a[j - 1], &a[j]);
}
static void selection(int *a, int n) {
    for (int i = 0; i < n; i++) {
        int least = i;
        for (int j = i + 1; j < n; j++)
            if (a[j] < a[least]) least = j;
        swap(&a[i], &a[least]);
    }
}
static void shell(int *a, int n) {
    for (int gap = n / 2; gap; gap /= 2)
        for (int i = gap; i < n; i++)
            for (int j = i; j >= gap && a[j - gap] > a[j]; j -= gap) swap(&a[j - gap], &a[j]);
}
static void sift(int *a, int from, int n) {
    for (int child; (child = 2 * from + 1) < n; from = child) {
        if (child + 1 < n && a[child + 1] > a[child]) child++;
        if (a[from] >= a[child]) return;
        swap(&a[from], &a[child]);
    }
}
static void heap(int *a, int n) {
    for (int i = n / 2; i--;) sift(a, i, n);
    for (int i = n; --i > 0;) swap(&a[0], &a[i]), sift(a, 0, i);
}
static void merge(int *a, int n) {
    if (n < 2) return;
    int half = n / 2, *t = malloc(sizeof *t * (size_t)n), i = 0, j = half, k = 0;
    merge(a, half), merge(a + half, n - half);
    while (i < half && j < n) t[k++] = a[j] < a[i] ? a[j++] : a[i++];
    while (i < half) t[k++] = a[i++];
    memcpy(a, t, sizeof *t * (size_t)k);
    free(t);
}
static void quick(int *a, int n) {
    if (n < 2) return;
    int pivot = a[n / 2], i = 0, j = n - 1;
    for (;; i++, j--) {
        while (a[i] < pivot) i++;
        while (a[j] > pivot) j--;
        if (i >= j) break;
        swap(&a[i], &a[j]);
    }
    quick(a, i), quick(a + i, n - i);
}
static void radix(int *a, int n) {
    int *t = malloc(sizeof *t * (size_t)n);
    for (int shift = 0; shift < 32; shift += 8) {
        int start[257] = {0};
        for (int i = 0; i < n; i++) start[(((uint32_t)a[i] ^ 0x80000000u) >> shift & 255) + 1]++;
        for (int i = 0; i < 256; i++) start[i + 1] += start[i];
        for (int i = 0; i < n; i++) t[start[((uint32_t)a[i] ^ 0x80000000u) >> shift & 255]++] = a[i];
        memcpy(a, t, sizeof *t * (size_t)n);
    }
    free(t);
}

int main(void) {
    static const Sort sorts[] = {bubble, insertion, selection, shell, heap, merge, quick, radix};
    static const char *const names[] = {"bubble", "insertion", "selection", "shell", "heap", "merge", "quick", "radix"};
    static int input[count], work[count];
    uint32_t x = 12345;
    for (int i = 0; i < count; i++) x = x * 1664525 + 1013904223, input[i] = (int)(i % 3 ? x : x % 50);
    for (int s = 0; s < 8; s++) {
        memcpy(work, input, sizeof work);
        sorts[s](work, count);
        int ordered = 1;
        uint32_t hash = 0;
        for (int i = 0; i < count; i++) {
            ordered &= !i || work[i - 1] <= work[i];
            hash = hash * 31 + (uint32_t)work[i];
        }
        printf("%s: %d %d %d %08x\n", names[s], ordered, work[0], work[count - 1], (unsigned)hash);
    }
    return 0;
}
