/* Files in the preopened directory /sandbox (natively: the directory given as argument): creating, writing, reading,
   seeking, appending, truncating, renaming, listing, removing, and errors. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *root;

static const char *in(const char *name) {
    static char paths[4][512];
    static int next;
    char *path = paths[next++ & 3];
    snprintf(path, sizeof paths[0], "%s/%s", root, name);
    return path;
}

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void list(const char *name) {
    DIR *directory = opendir(in(name));
    if (!directory) {
        printf("cannot list %s: %d\n", name, errno == ENOENT);
        return;
    }
    char *names[64];
    int count = 0;
    for (struct dirent *entry; (entry = readdir(directory)) && count < 64;)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) names[count++] = strdup(entry->d_name);
    closedir(directory);
    qsort(names, (size_t)count, sizeof *names, compare);
    printf("%s:", name);
    for (int i = 0; i < count; i++) {
        struct stat status;
        char path[100];
        snprintf(path, sizeof path, "%s/%s", name, names[i]);
        if (stat(in(path), &status)) printf(" %s?", names[i]);
        else if (S_ISDIR(status.st_mode)) printf(" %s/", names[i]);
        else printf(" %s(%d)", names[i], (int)status.st_size);
        free(names[i]);
    }
    printf("\n");
}

int main(int argc, char **argv) {
    root = argc > 1 ? argv[1] : "/sandbox";
    FILE *file = fopen(in("text.txt"), "w");
    if (!file) {
        printf("cannot create: %s\n", strerror(errno));
        return 1;
    }
    for (int i = 0; i < 1000; i++) fprintf(file, "line %d of the file\n", i);
    printf("closed %d\n", fclose(file));
    file = fopen(in("text.txt"), "r");
    char line[100];
    int lines = 0, bytes = 0;
    while (fgets(line, sizeof line, file)) lines++, bytes += (int)strlen(line);
    printf("%d lines, %d bytes, end %d, error %d\n", lines, bytes, !!feof(file), !!ferror(file));
    fseek(file, 100, SEEK_SET);
    if (!fgets(line, sizeof line, file)) return 1;
    printf("at 100: %s", line);
    fseek(file, -10, SEEK_END);
    printf("near the end: %ld ", ftell(file));
    while (fgets(line, sizeof line, file)) fputs(line, stdout);
    fclose(file);
    file = fopen(in("text.txt"), "a");
    fputs("appended\n", file);
    fclose(file);

    int fd = open(in("data.bin"), O_RDWR | O_CREAT | O_EXCL, 0644);
    printf("open %d\n", fd >= 0);
    unsigned char block[4096];
    for (int i = 0; i < 40; i++) {
        memset(block, i, sizeof block);
        if (write(fd, block, sizeof block) != (ssize_t)sizeof block) return 1;
    }
    printf("at %d\n", (int)lseek(fd, 0, SEEK_CUR));
    printf("back %d\n", (int)lseek(fd, 4096 * 7 + 5, SEEK_SET));
    if (read(fd, block, 3) != 3) return 1;
    printf("read %d %d %d\n", block[0], block[1], block[2]);
    printf("pwrite %d\n", (int)pwrite(fd, "XYZ", 3, 4096 * 20));
    printf("pread %d %.3s\n", (int)pread(fd, block, 4, 4096 * 20), block);
    printf("truncate %d\n", ftruncate(fd, 100000));
    struct stat status;
    fstat(fd, &status);
    printf("size %d, regular %d\n", (int)status.st_size, !!S_ISREG(status.st_mode));
    printf("past the end %d\n", (int)pread(fd, block, 10, 99997));
    printf("hole %d", (int)lseek(fd, 200000, SEEK_SET));
    printf(" %d", (int)write(fd, "!", 1));
    printf(" %d %d\n", (int)pread(fd, block, 1, 150000), block[0]);
    close(fd);

    printf("again %d\n", open(in("data.bin"), O_RDWR | O_CREAT | O_EXCL, 0644) < 0 && errno == EEXIST);
    printf("absent %d\n", open(in("absent"), O_RDONLY) < 0 && errno == ENOENT);
    printf("closed %d\n", write(fd, "x", 1) < 0 && errno == EBADF);
    printf("mkdir %d %d\n", mkdir(in("folder"), 0755), mkdir(in("folder"), 0755) < 0 && errno == EEXIST);
    file = fopen(in("folder/inner"), "w+");
    fputs("0123456789", file);
    rewind(file);
    printf("read back %d%d\n", fgetc(file) - '0', fgetc(file) - '0');
    fclose(file);
    list(".");
    list("folder");
    printf("rename %d\n", rename(in("folder/inner"), in("outer")));
    printf("not empty %d\n", rmdir(in("folder")));
    printf("unlink %d, again %d\n", unlink(in("outer")), unlink(in("outer")) < 0 && errno == ENOENT);
    printf("remove %d %d\n", unlink(in("text.txt")), unlink(in("data.bin")));
    list(".");
    list("folder");
    return 0;
}
