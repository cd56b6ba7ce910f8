/* Hash tables: open addressing with integer keys, chains with string keys. */
#include "bench.h"

typedef struct { uint64_t key; uint32_t value, used; } Slot;
typedef struct Entry { struct Entry *next; uint32_t count; char text[20]; } Entry;

static uint64_t scramble(uint64_t x) {
    x ^= x >> 33, x *= 0xff51afd7ed558ccdu;
    x ^= x >> 33, x *= 0xc4ceb9fe1a85ec53u;
    return x ^ x >> 33;
}

int main(int argc, char **argv) {
    int count = benchSize(argc, argv, 8) * 1000000;
    enum { bits = 21, slots = 1 << bits, buckets = 1 << 16 };
    Slot *table = calloc(slots, sizeof *table);
    uint32_t used = 0, hits = 0;
    for (int i = 0; i < count; i++) {
        uint64_t key = scramble(benchRandom() % 1000000);
        uint32_t index = (uint32_t)(key >> (64 - bits));
        while (table[index].used && table[index].key != key) index = (index + 1) & (slots - 1);
        if (table[index].used) hits++;
        else table[index].used = 1, table[index].key = key, used++;
        table[index].value += (uint32_t)i;
    }
    uint32_t sum = 0;
    for (int i = 0; i < slots; i++) sum ^= table[i].value;
    printf("%u %u %08x\n", (unsigned)used, (unsigned)hits, (unsigned)sum);

    Entry **bucket = calloc(buckets, sizeof *bucket);
    uint32_t entries = 0, most = 0;
    for (int i = 0; i < count / 2; i++) {
        char text[20];
        uint32_t number = benchRandom() % 300000;
        int n = 0;
        text[n++] = 'k';
        do text[n++] = (char)('a' + number % 26); while (number /= 26);
        text[n] = 0;
        uint32_t hash = benchHash(2166136261u, text, (size_t)n) >> 7 & (buckets - 1);
        Entry *entry = bucket[hash];
        while (entry && strcmp(entry->text, text)) entry = entry->next;
        if (!entry) {
            entry = malloc(sizeof *entry);
            strcpy(entry->text, text);
            entry->count = 0, entry->next = bucket[hash], bucket[hash] = entry, entries++;
        }
        if (++entry->count > most) most = entry->count;
    }
    printf("%u %u\n", (unsigned)entries, (unsigned)most);
    return 0;
}
