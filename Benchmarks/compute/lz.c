/* LZ77 with hash chains, a canonical Huffman code over its output, and both ways back. */
#include "bench.h"

enum { size = 1 << 20, window = 1 << 15, hashBits = 15, longest = 255, symbols = 256 };

static unsigned char input[size], packed[2 * size], coded[3 * size], unpacked[2 * size], restored[size];
static int head[1 << hashBits], previous[size];

static uint32_t hashOf(const unsigned char *p) { return ((p[0] | p[1] << 8 | p[2] << 16) * 2654435761u) >> (32 - hashBits); }

static int compress(void) {
    int out = 0;
    for (int i = 0; i < 1 << hashBits; i++) head[i] = -1;
    for (int i = 0; i < size;) {
        int best = 0, distance = 0;
        if (i + 3 < size) {
            uint32_t h = hashOf(input + i);
            for (int j = head[h], tries = 24; j >= 0 && i - j < window && tries--; j = previous[j]) {
                int n = 0;
                while (n < longest && i + n < size && input[j + n] == input[i + n]) n++;
                if (n > best) best = n, distance = i - j;
            }
        }
        int step = best >= 4 ? best : 1;
        if (best >= 4) {
            packed[out++] = 0xFF, packed[out++] = (unsigned char)best;
            packed[out++] = (unsigned char)(distance & 255), packed[out++] = (unsigned char)(distance >> 8);
        } else {
            packed[out++] = input[i];
            if (input[i] == 0xFF) packed[out++] = 0;
        }
        for (; step--; i++)
            if (i + 3 < size) {
                uint32_t h = hashOf(input + i);
                previous[i] = head[h], head[h] = i;
            }
    }
    return out;
}

static int expand(const unsigned char *p, int count) {
    int out = 0;
    for (int i = 0; i < count;) {
        if (p[i] != 0xFF) {
            restored[out++] = p[i++];
        } else if (p[i + 1] == 0) {
            restored[out++] = 0xFF, i += 2;
        } else {
            int n = p[i + 1], distance = p[i + 2] | p[i + 3] << 8;
            for (; n--; out++) restored[out] = restored[out - distance];
            i += 4;
        }
    }
    return out;
}

static int lengths[symbols];
static uint32_t codes[symbols];

static void makeCode(const unsigned char *bytes, int count) {
    static uint64_t weight[2 * symbols];
    static int parent[2 * symbols], alive[2 * symbols];
    int nodes = symbols;
    for (int i = 0; i < symbols; i++) weight[i] = 1, alive[i] = 1;
    for (int i = 0; i < count; i++) weight[bytes[i]] += 16;
    for (int round = 0; round < symbols - 1; round++) {
        int a = -1, b = -1;
        for (int i = 0; i < nodes; i++) {
            if (!alive[i]) continue;
            if (a < 0 || weight[i] < weight[a]) b = a, a = i;
            else if (b < 0 || weight[i] < weight[b]) b = i;
        }
        weight[nodes] = weight[a] + weight[b], alive[nodes] = 1;
        alive[a] = alive[b] = 0, parent[a] = parent[b] = nodes++;
    }
    uint32_t code = 0;
    for (int i = 0; i < symbols; i++) {
        lengths[i] = 0;
        for (int n = i; n != nodes - 1; n = parent[n]) lengths[i]++;
    }
    for (int length = 1; length < 32; length++, code <<= 1)
        for (int i = 0; i < symbols; i++)
            if (lengths[i] == length) codes[i] = code++;
}

static int encode(const unsigned char *bytes, int count) {
    uint64_t buffer = 0;
    int held = 0, out = 0;
    for (int i = 0; i < count; i++) {
        buffer = buffer << lengths[bytes[i]] | codes[bytes[i]];
        for (held += lengths[bytes[i]]; held >= 8; held -= 8) coded[out++] = (unsigned char)(buffer >> (held - 8));
    }
    coded[out++] = (unsigned char)(buffer << (8 - held));
    return out;
}

static void decode(int count) {
    int first[33] = {0}, offset[33], total[33] = {0}, sorted[symbols], n = 0;
    for (int i = 0; i < symbols; i++) total[lengths[i]]++;
    for (int length = 1, code = 0; length < 33; length++, code <<= 1) {
        first[length] = code, offset[length] = n;
        for (int i = 0; i < symbols; i++)
            if (lengths[i] == length) sorted[n++] = i;
        code += total[length];
    }
    int position = 0;
    for (int i = 0; i < count; i++) {
        int code = 0, length = 0;
        do {
            code = code << 1 | (coded[position >> 3] >> (7 - (position & 7)) & 1);
            position++, length++;
        } while (code - first[length] >= total[length]);
        unpacked[i] = (unsigned char)sorted[offset[length] + code - first[length]];
    }
}

int main(int argc, char **argv) {
    int rounds = benchSize(argc, argv, 30);
    for (int i = 0; i < size;) {
        if (i > 1000 && benchRandom() % 3) {
            int from = (int)(benchRandom() % (uint32_t)(i < 20000 ? i : 20000)), n = 3 + (int)(benchRandom() % 30);
            for (; n-- && i < size; i++) input[i] = input[i - from - 1];
        } else {
            for (int n = (int)(benchRandom() % 12); n-- && i < size; i++)
                input[i] = (unsigned char)('a' + (benchRandom() & benchRandom()) % 24);
        }
    }
    int packedSize = 0, codedSize = 0;
    for (int i = 0; i < rounds; i++) {
        input[i * 7] ^= (unsigned char)i;
        packedSize = compress();
        makeCode(packed, packedSize);
        codedSize = encode(packed, packedSize);
        decode(packedSize);
        if (expand(unpacked, packedSize) != size || memcmp(input, restored, size)) return 1;
    }
    printf("%d %d %08x\n", packedSize, codedSize, (unsigned)benchHash(2166136261u, coded, (size_t)codedSize));
    return 0;
}
