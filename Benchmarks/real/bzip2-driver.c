/* bzip2-driver DIRECTORY: compresses DIRECTORY/input.dat to DIRECTORY/output.bz2 with libbz2 (level 9), expands that
   to DIRECTORY/roundtrip.dat, compares, and prints sizes and checksums. */
#include <bzlib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { chunk = 1 << 16 };

static uint32_t table[256];

static void makeTable(void) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++) c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
        table[i] = c;
    }
}

static uint32_t update(uint32_t crc, const unsigned char *bytes, size_t count) {
    crc = ~crc;
    for (size_t i = 0; i < count; i++) crc = table[(crc ^ bytes[i]) & 255] ^ (crc >> 8);
    return ~crc;
}

static FILE *openFile(const char *directory, const char *name, const char *mode) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, mode);
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

static void check(int code, const char *what) {
    if (code >= 0) return;
    fprintf(stderr, "%s: error %d\n", what, code);
    exit(1);
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    makeTable();
    static unsigned char in[chunk], out[chunk];
    FILE *source = openFile(argv[1], "input.dat", "rb"), *packed = openFile(argv[1], "output.bz2", "wb");
    bz_stream stream;
    memset(&stream, 0, sizeof stream);
    check(BZ2_bzCompressInit(&stream, 9, 0, 0), "compress init");
    uint32_t inputSum = 0, packedSum = 0, roundTripSum = 0;
    unsigned long inputSize = 0, packedSize = 0, roundTripSize = 0;
    for (int state = BZ_RUN_OK; state != BZ_STREAM_END;) {
        size_t count = fread(in, 1, chunk, source);
        inputSum = update(inputSum, in, count);
        inputSize += count;
        stream.next_in = (char *)in;
        stream.avail_in = (unsigned)count;
        int action = count == 0 ? BZ_FINISH : BZ_RUN;
        do {
            stream.next_out = (char *)out;
            stream.avail_out = chunk;
            state = BZ2_bzCompress(&stream, action);
            check(state, "compress");
            size_t made = chunk - stream.avail_out;
            packedSum = update(packedSum, out, made);
            packedSize += made;
            if (fwrite(out, 1, made, packed) != made) return 1;
        } while (action == BZ_FINISH ? state != BZ_STREAM_END : stream.avail_in > 0);
    }
    BZ2_bzCompressEnd(&stream);
    fclose(source);
    if (fclose(packed)) return 1;
    printf("input %lu bytes, crc %08x\n", inputSize, (unsigned)inputSum);
    printf("packed %lu bytes, crc %08x\n", packedSize, (unsigned)packedSum);

    packed = openFile(argv[1], "output.bz2", "rb");
    FILE *roundTrip = openFile(argv[1], "roundtrip.dat", "wb");
    memset(&stream, 0, sizeof stream);
    check(BZ2_bzDecompressInit(&stream, 0, 0), "decompress init");
    for (int state = BZ_OK; state != BZ_STREAM_END;) {
        if (stream.avail_in == 0) {
            stream.avail_in = (unsigned)fread(in, 1, chunk, packed);
            stream.next_in = (char *)in;
            if (stream.avail_in == 0) return 1;
        }
        stream.next_out = (char *)out;
        stream.avail_out = chunk;
        state = BZ2_bzDecompress(&stream);
        check(state, "decompress");
        size_t made = chunk - stream.avail_out;
        roundTripSum = update(roundTripSum, out, made);
        roundTripSize += made;
        if (fwrite(out, 1, made, roundTrip) != made) return 1;
    }
    BZ2_bzDecompressEnd(&stream);
    fclose(packed);
    if (fclose(roundTrip)) return 1;
    printf("round trip %lu bytes, crc %08x: %s\n", roundTripSize, (unsigned)roundTripSum,
           roundTripSize == inputSize && roundTripSum == inputSum ? "equal" : "DIFFERENT");
    return roundTripSum != inputSum;
}

void bz_internal_error(int code) {
    fprintf(stderr, "bzip2: internal error %d\n", code);
    exit(3);
}
