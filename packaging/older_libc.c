// What objects made with a newer C library ask for and an older one lacks, by what the older one has. Linked into each
// of a wheel's libraries and seen in none (packaging/older_libc).
#define _GNU_SOURCE
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// Since 2.32, whether the process has one thread alone. Never sure of it: reference counts stay atomic.
char __libc_single_threaded = 0;

// Functions since 2.33; before, calls of these with the version of the structure, 1 on x86-64.
extern int __xstat(int, const char*, struct stat*);
extern int __fxstat(int, int, struct stat*);
extern int __lxstat(int, const char*, struct stat*);
extern int __fxstatat(int, int, const char*, struct stat*, int);

int stat(const char* path, struct stat* found) {
    return __xstat(1, path, found);
}
int fstat(int file, struct stat* found) {
    return __fxstat(1, file, found);
}
int lstat(const char* path, struct stat* found) {
    return __lxstat(1, path, found);
}
int fstatat(int folder, const char* path, struct stat* found, int flags) {
    return __fxstatat(1, folder, path, found, flags);
}
// The same: x86-64 has one structure for both.
int fstat64(int file, struct stat64* found) {
    return __fxstat(1, file, (struct stat*)found);
}

// Since 2.36: random bits from the kernel, and an end where it has none to give.
void arc4random_buf(void* bytes, size_t count) {
    for (char* next = bytes; count > 0;) {
        const size_t some = count < 256 ? count : 256;
        if (getentropy(next, some) != 0) abort();
        next += some;
        count -= some;
    }
}
uint32_t arc4random(void) {
    uint32_t bits;
    arc4random_buf(&bits, sizeof bits);
    return bits;
}
