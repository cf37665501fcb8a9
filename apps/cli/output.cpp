#include "output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "base/error.h"

namespace detente::cli {
void print(const std::string& text) {
    errno = 0;
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (written && std::fflush(stdout) == 0) return;
    throw_file("standard output", std::string("cannot be written: ") + std::strerror(errno));
}

void prepare_standard_streams() {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) continue;
        // The lowest free number is taken: this one. Read only, so that writing there is still an error.
        if (::open("/dev/null", O_RDONLY) != descriptor) return;
    }
    std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace detente::cli
