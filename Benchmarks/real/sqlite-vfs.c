/* A small SQLite virtual file system over open/pread/pwrite, for systems without file locks, shared memory or process
   ids: WASI preview 1 (and the native build, so that both run the same program). One process, one connection per file. */
#include <sqlite3.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct {
    sqlite3_file base;
    int descriptor;
    int deleteOnClose;
    char path[512];
} File;

static int closeFile(sqlite3_file *f) {
    File *file = (File *)f;
    close(file->descriptor);
    if (file->deleteOnClose) unlink(file->path);
    return SQLITE_OK;
}

static int readFile(sqlite3_file *f, void *buffer, int amount, sqlite3_int64 offset) {
    int done = 0;
    while (done < amount) {
        ssize_t count = pread(((File *)f)->descriptor, (char *)buffer + done, (size_t)(amount - done), offset + done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return SQLITE_IOERR_READ;
        if (count == 0) break;
        done += (int)count;
    }
    if (done == amount) return SQLITE_OK;
    memset((char *)buffer + done, 0, (size_t)(amount - done));
    return SQLITE_IOERR_SHORT_READ;
}

static int writeFile(sqlite3_file *f, const void *buffer, int amount, sqlite3_int64 offset) {
    int done = 0;
    while (done < amount) {
        ssize_t count =
            pwrite(((File *)f)->descriptor, (const char *)buffer + done, (size_t)(amount - done), offset + done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return errno == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        done += (int)count;
    }
    return SQLITE_OK;
}

static int truncateFile(sqlite3_file *f, sqlite3_int64 size) {
    return ftruncate(((File *)f)->descriptor, size) ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

/* What is measured is the engine, not the disk: nothing is forced to it. */
static int syncFile(sqlite3_file *f, int flags) {
    (void)f, (void)flags;
    return SQLITE_OK;
}

static int fileSize(sqlite3_file *f, sqlite3_int64 *size) {
    struct stat status;
    if (fstat(((File *)f)->descriptor, &status)) return SQLITE_IOERR_FSTAT;
    *size = status.st_size;
    return SQLITE_OK;
}

static int noLock(sqlite3_file *f, int level) { return (void)f, (void)level, SQLITE_OK; }
static int checkLock(sqlite3_file *f, int *result) { return (void)f, *result = 0, SQLITE_OK; }
static int fileControl(sqlite3_file *f, int op, void *arg) { return (void)f, (void)op, (void)arg, SQLITE_NOTFOUND; }
static int sectorSize(sqlite3_file *f) { return (void)f, 4096; }
static int characteristics(sqlite3_file *f) { return (void)f, 0; }

static const sqlite3_io_methods methods = {
    1,      closeFile, readFile,  writeFile,   truncateFile, syncFile,       fileSize,
    noLock, noLock,    checkLock, fileControl, sectorSize,   characteristics, 0, 0, 0, 0, 0, 0,
};

static int openFile(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *outFlags) {
    (void)vfs;
    File *file = (File *)f;
    memset(file, 0, sizeof *file);
    if (!name || strlen(name) >= sizeof file->path) return SQLITE_CANTOPEN;
    int mode = flags & SQLITE_OPEN_READWRITE ? O_RDWR : O_RDONLY;
    if (flags & SQLITE_OPEN_CREATE) mode |= O_CREAT;
    if (flags & SQLITE_OPEN_EXCLUSIVE) mode |= O_EXCL;
    file->descriptor = open(name, mode, 0644);
    if (file->descriptor < 0) return SQLITE_CANTOPEN;
    file->deleteOnClose = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    strcpy(file->path, name);
    file->base.pMethods = &methods;
    if (outFlags) *outFlags = flags;
    return SQLITE_OK;
}

static int deleteFile(sqlite3_vfs *vfs, const char *name, int syncDirectory) {
    (void)vfs, (void)syncDirectory;
    if (unlink(name) == 0) return SQLITE_OK;
    return errno == ENOENT ? SQLITE_IOERR_DELETE_NOENT : SQLITE_IOERR_DELETE;
}

static int accessFile(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
    (void)vfs, (void)flags;
    struct stat status;
    *result = stat(name, &status) == 0;
    return SQLITE_OK;
}

static int fullPath(sqlite3_vfs *vfs, const char *name, int size, char *out) {
    (void)vfs;
    return snprintf(out, (size_t)size, "%s", name) < size ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int randomness(sqlite3_vfs *vfs, int size, char *out) {
    (void)vfs;
    for (int i = 0; i < size; i++) out[i] = (char)(i * 37 + 11);
    return size;
}

static int sleepFor(sqlite3_vfs *vfs, int microseconds) { return (void)vfs, microseconds; }
static int lastError(sqlite3_vfs *vfs, int size, char *out) { return (void)vfs, (void)size, (void)out, errno; }

static int currentTime(sqlite3_vfs *vfs, sqlite3_int64 *now) {
    (void)vfs;
    *now = 210866760000000LL + (sqlite3_int64)time(0) * 1000;
    return SQLITE_OK;
}

static int currentTimeDays(sqlite3_vfs *vfs, double *now) {
    sqlite3_int64 milliseconds;
    currentTime(vfs, &milliseconds);
    *now = (double)milliseconds / 86400000.0;
    return SQLITE_OK;
}

static sqlite3_vfs vfs = {
    2,          sizeof(File), 512,      0, "bench", 0,       openFile,  deleteFile,      accessFile, fullPath, 0, 0, 0, 0,
    randomness, sleepFor,     currentTimeDays, lastError, currentTime,
};

int sqlite3_os_init(void) { return sqlite3_vfs_register(&vfs, 1); }
int sqlite3_os_end(void) { return SQLITE_OK; }
