/* Memory grows by allocation until there is no more, which is an answer (no memory), not a crash; then it is used. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { piece = 32 << 20, most = 200 };

int main(void) {
    static unsigned char *pieces[most];
    int count = 0;
    while (count < most && (pieces[count] = malloc(piece))) {
        for (int i = 0; i < piece; i += 4 << 20) pieces[count][i] = (unsigned char)(count + (i >> 20));
        count++;
    }
    printf("at least 16 pieces: %d\n", count >= 16);
#ifdef __wasm__
    printf("then no more: %d\n", count < 128);
#else
    printf("then no more: 1\n");
#endif
    int right = 1;
    for (int k = 0; k < count; k++)
        for (int i = 0; i < piece; i += 4 << 20) right &= pieces[k][i] == (unsigned char)(k + (i >> 20));
    printf("contents right: %d\n", right);
    while (count) free(pieces[--count]);
    unsigned char *again = malloc((size_t)4 * piece);
    printf("free memory is used again: %d\n", again != 0);
    return 0;
}
