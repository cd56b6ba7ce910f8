// Runs a JavaScript file in Duktape, whose interpreter is one function of many thousand bytes. Scripts have `print` and the
// number `size`; uncaught errors end the program.
#include <stdio.h>
#include <stdlib.h>

#include "duktape.h"

static duk_ret_t print(duk_context *context) {
    int count = duk_get_top(context);
    for (int index = 0; index < count; index++)
        printf(index ? " %s" : "%s", duk_safe_to_string(context, index));
    putchar('\n');
    return 0;
}

int main(int count, char **arguments) {
    if (count < 3) return fprintf(stderr, "usage: %s FILE.js SIZE\n", arguments[0]), 2;
    FILE *file = fopen(arguments[1], "rb");
    if (!file) return perror(arguments[1]), 1;
    static char source[1 << 20];
    size_t length = fread(source, 1, sizeof source, file);
    fclose(file);
    duk_context *context = duk_create_heap_default();
    if (!context) return 1;
    duk_push_c_function(context, print, DUK_VARARGS);
    duk_put_global_string(context, "print");
    duk_push_int(context, atoi(arguments[2]));
    duk_put_global_string(context, "size");
    duk_eval_lstring_noresult(context, source, length);
    duk_destroy_heap(context);
    return 0;
}
