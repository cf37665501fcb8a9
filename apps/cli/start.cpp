// Where the program begins. Compiled for every CPU of its family: the rest of it may be for newer ones, and a CPU that
// lacks what it needs would stop it with "Illegal instruction".
#include <unistd.h>

#include "command.h"

#ifdef DETENTE_NEEDS_V3
namespace {

// Before any constructor, of libraries too, and without anything of the C++ library.
__attribute__((no_sanitize("address", "undefined", "thread"))) void require_cpu(int, char**, char**) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) return;
    static constexpr char message[] =
        "detente: this build needs a CPU with AVX2 (x86-64-v3), which this one lacks; configure with "
        "-DDETENTE_ARCH=portable, or use the package, which runs on any x86-64\n";
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, message, sizeof message - 1);
    ::_exit(1);
}

__attribute__((section(".preinit_array"), used)) void (*const before_everything)(int, char**, char**) = require_cpu;

}  // namespace
#endif

int main(int count, char** arguments) {
    return detente_command(count, arguments);
}
