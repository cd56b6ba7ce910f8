/* Quicksort by hand, then qsort with a comparison function (indirect calls), on records and on integers. */
#include "bench.h"

typedef struct { uint32_t key; float weight; uint64_t payload; } Record;

static void sortNumbers(int32_t *a, int low, int high) {
    while (high - low > 16) {
        int32_t pivot = a[low + (high - low) / 2];
        int i = low, j = high;
        while (i <= j) {
            while (a[i] < pivot) i++;
            while (a[j] > pivot) j--;
            if (i <= j) {
                int32_t t = a[i];
                a[i++] = a[j], a[j--] = t;
            }
        }
        if (j - low < high - i) sortNumbers(a, low, j), low = i;
        else sortNumbers(a, i, high), high = j;
    }
    for (int i = low + 1; i <= high; i++) {
        int32_t value = a[i];
        int j = i - 1;
        while (j >= low && a[j] > value) a[j + 1] = a[j], j--;
        a[j + 1] = value;
    }
}

/* Shell sort through a comparison function, so that wasm and native sort in the same way. */
static void sortRecords(Record *a, int count, int (*less)(const Record *, const Record *)) {
    int gap = 1;
    while (gap < count / 3) gap = gap * 3 + 1;
    for (; gap > 0; gap /= 3)
        for (int i = gap; i < count; i++) {
            Record value = a[i];
            int j = i;
            while (j >= gap && less(&value, &a[j - gap])) a[j] = a[j - gap], j -= gap;
            a[j] = value;
        }
}

static int byKey(const Record *a, const Record *b) { return a->key < b->key; }
static int byWeight(const Record *a, const Record *b) { return a->weight < b->weight; }
static int byPayload(const Record *a, const Record *b) { return a->payload > b->payload; }

int main(int argc, char **argv) {
    int count = benchSize(argc, argv, 6) * 1000000;
    int32_t *numbers = malloc(sizeof *numbers * count);
    for (int i = 0; i < count; i++) numbers[i] = (int32_t)benchRandom();
    sortNumbers(numbers, 0, count - 1);
    for (int i = 1; i < count; i++)
        if (numbers[i - 1] > numbers[i]) return 1;
    printf("%d %d %d\n", (int)numbers[0], (int)numbers[count / 2], (int)numbers[count - 1]);
    int (*orders[])(const Record *, const Record *) = {byKey, byWeight, byPayload};
    int records = count / 16;
    Record *record = malloc(sizeof *record * records);
    for (int i = 0; i < records; i++) {
        record[i].key = benchRandom(), record[i].weight = (float)benchUnit();
        record[i].payload = (uint64_t)benchRandom() << 32 | (uint32_t)i;
    }
    for (int round = 0; round < 3; round++) {
        sortRecords(record, records, orders[round]);
        printf("%u %.6f\n", (unsigned)record[records / 3].key, record[records / 2].weight);
    }
    return 0;
}
