/* Preloaded into a program, it cuts one change to a file short: half of it happens, and then the program is killed or told of a fault.
 *
 * Changes to files below the folder CUT_BELOW are counted from 1: what makes, writes, shortens, syncs, renames or removes one. At number
 * CUT_AT half of a write is written, and nothing is done of anything else. Then, as CUT_HOW says: `kill` ends the program by SIGKILL;
 * `EIO` or `ENOSPC` is what this call fails with, and `EIO-for-good` or `ENOSPC-for-good` every later one too. Each change is noted in
 * CUT_LOG, one a line. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

static atomic_long changes;

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static int is_watched(const char *path) {
    const char *below = setting("CUT_BELOW");
    size_t length = strlen(below);
    return length > 0 && strncmp(path, below, length) == 0 && path[length] == '/';
}

/* Makes system calls of its own, so that nothing here is counted. */
static void note(long number, const char *what, const char *path) {
    char line[4200];
    int length = snprintf(line, sizeof line, "%ld %s %s\n", number, what, strrchr(path, '/') + 1);
    long log = syscall(SYS_openat, AT_FDCWD, setting("CUT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0 || syscall(SYS_write, log, line, length) != length) _exit(99);
    syscall(SYS_close, log);
}

/* Whether this change is to be cut. */
static int is_cut(const char *what, const char *path) {
    if (!is_watched(path)) return 0;
    long number = ++changes, at = atol(setting("CUT_AT"));
    note(number, what, path);
    return number == at || (at > 0 && number > at && strstr(setting("CUT_HOW"), "-for-good") != NULL);
}

static int is_cut_open(const char *what, int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_cut(what, path);
}

static int fail(void) {
    const char *how = setting("CUT_HOW");
    if (strcmp(how, "kill") == 0) {
        kill(getpid(), SIGKILL);
        _exit(98);
    }
    errno = strncmp(how, "EIO", 3) == 0 ? EIO : ENOSPC;
    return -1;
}

static int opened(const char *name, const char *path, int flags, mode_t mode) {
    if ((flags & O_CREAT) && access(path, F_OK) != 0 && is_cut("open", path)) return fail();
    return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name))(path, flags, mode);
}

#define MODE_OF(flags)                                                                                                                     \
    mode_t mode = 0;                                                                                                                       \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                                                               \
        va_list rest;                                                                                                                      \
        va_start(rest, flags);                                                                                                             \
        mode = va_arg(rest, mode_t);                                                                                                       \
        va_end(rest);                                                                                                                      \
    }

int open(const char *path, int flags, ...) {
    MODE_OF(flags)
    return opened("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE_OF(flags)
    return opened("open64", path, flags, mode);
}

ssize_t write(int file, const void *bytes, size_t count) {
    if (!is_cut_open("write", file)) return REAL(ssize_t, write, int, const void *, size_t)(file, bytes, count);
    syscall(SYS_write, file, bytes, count / 2);
    return fail();
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    if (!is_cut_open("writev", file)) return REAL(ssize_t, writev, int, const struct iovec *, int)(file, parts, count);
    if (count > 0) syscall(SYS_write, file, parts[0].iov_base, parts[0].iov_len / 2);
    return fail();
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    if (!is_cut_open("pwrite", file)) return REAL(ssize_t, pwrite, int, const void *, size_t, off_t)(file, bytes, count, at);
    syscall(SYS_pwrite64, file, bytes, count / 2, at);
    return fail();
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    if (!is_cut_open("pwrite", file)) return REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t)(file, bytes, count, at);
    syscall(SYS_pwrite64, file, bytes, count / 2, at);
    return fail();
}

int ftruncate(int file, off_t length) {
    if (is_cut_open("ftruncate", file)) return fail();
    return REAL(int, ftruncate, int, off_t)(file, length);
}

int ftruncate64(int file, off64_t length) {
    if (is_cut_open("ftruncate", file)) return fail();
    return REAL(int, ftruncate64, int, off64_t)(file, length);
}

int fsync(int file) {
    if (is_cut_open("fsync", file)) return fail();
    return REAL(int, fsync, int)(file);
}

int fdatasync(int file) {
    if (is_cut_open("fdatasync", file)) return fail();
    return REAL(int, fdatasync, int)(file);
}

int mkdir(const char *path, mode_t mode) {
    if (is_cut("mkdir", path)) return fail();
    return REAL(int, mkdir, const char *, mode_t)(path, mode);
}

int rename(const char *from, const char *to) {
    if (is_cut("rename", from)) return fail();
    return REAL(int, rename, const char *, const char *)(from, to);
}

int unlink(const char *path) {
    if (is_cut("unlink", path)) return fail();
    return REAL(int, unlink, const char *)(path);
}
