/* Tries to look into another process, and prints what came of each way: its name, a tab, and `happened`, `refused` or another error.
 *
 *     neighbour PID */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t process;

/* Opens a file of the process, reads its beginning, and gives how many bytes there were, or -1. */
static ssize_t read_file(const char *name, char *bytes, size_t count) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", process, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, bytes, count);
    int error = errno;
    close(file);
    errno = error;
    return length;
}

static int reads(const char *name) {
    char bytes[8];
    return read_file(name, bytes, sizeof bytes) < 0;
}

/* The address of its first mapping, or 4096 where that cannot be known: a refusal comes before a wrong address. */
static unsigned long address(void) {
    char line[64] = "";
    ssize_t length = read_file("maps", line, sizeof line - 1);
    return length > 0 ? strtoul(line, NULL, 16) : 4096;
}

static int memory(void) {
    char path[64], bytes[16];
    snprintf(path, sizeof path, "/proc/%d/mem", process);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    return file < 0 || pread(file, bytes, sizeof bytes, (off_t)address()) < 0;
}

static int copied_memory(void) {
    char bytes[16];
    struct iovec here = {bytes, sizeof bytes}, there = {(void *)address(), sizeof bytes};
    return process_vm_readv(process, &here, 1, &there, 1, 0) < 0;
}

static int maps(void) { return reads("maps"); }
static int environment(void) { return reads("environ"); }
static int auxiliary_vector(void) { return reads("auxv"); }
static int page_map(void) { return reads("pagemap"); }

static int descriptors(void) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd", process);
    return opendir(path) == NULL;
}

static int named_descriptor(void) {
    char path[64], name[256];
    snprintf(path, sizeof path, "/proc/%d/fd/0", process);
    return readlink(path, name, sizeof name) < 0;
}

static int copied_descriptor(void) {
    long handle = syscall(SYS_pidfd_open, process, 0);
    return handle < 0 || syscall(SYS_pidfd_getfd, handle, 0, 0) < 0;
}

static int attaching(void) {
    if (ptrace(PTRACE_ATTACH, process, NULL, NULL) < 0) return 1;
    waitpid(process, NULL, __WALL);
    return ptrace(PTRACE_DETACH, process, NULL, NULL) < 0;
}

/* Ends with this program. */
static int seizing(void) { return ptrace(PTRACE_SEIZE, process, NULL, NULL) < 0; }

static const struct {
    const char *name;
    int (*look)(void);
} ways[] = {
    {"memory", memory},
    {"a copy of memory", copied_memory},
    {"what lies where", maps},
    {"page map", page_map},
    {"environment", environment},
    {"auxiliary vector", auxiliary_vector},
    {"list of descriptors", descriptors},
    {"what a descriptor is", named_descriptor},
    {"a copy of a descriptor", copied_descriptor},
    {"attaching", attaching},
    {"seizing", seizing},
};

int main(int count, char **arguments) {
    if (count != 2) return 2;
    process = atoi(arguments[1]);
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
        const char *outcome = "happened";
        if (ways[way].look()) outcome = errno == EPERM || errno == EACCES ? "refused" : strerror(errno);
        printf("%s\t%s\n", ways[way].name, outcome);
    }
    return 0;
}
