/* Command line arguments and environment variables. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    printf("%d arguments\n", argc - 1);
    for (int i = 1; i < argc; i++) printf("[%s]\n", argv[i]);
    printf("end %d\n", argv[argc] == 0);
    const char *names[] = {"GREETING", "EMPTY", "WITH_EQUALS", "ABSENT"};
    for (int i = 0; i < 4; i++) {
        const char *value = getenv(names[i]);
        printf("%s=%s\n", names[i], value ? value : "(none)");
    }
    setenv("ABSENT", "now set", 1);
    printf("%s\n", getenv("ABSENT"));
    return 0;
}
