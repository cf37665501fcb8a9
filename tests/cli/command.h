// Running the command as a person does.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "base/file.h"
#include "support.h"

namespace detente::test {

struct Outcome {
    int status = -1;
    std::string out, error;
};

inline Outcome detente(const std::string& arguments) {
    const TemporaryFolder folder;
    const std::string out = (folder / "out").string(), error = (folder / "error").string();
    const std::string command = "DETENTE_ECONOMIES='" + std::string(DETENTE_SOURCE_DIR) + "/economies' '" +
                                std::string(DETENTE_BINARY_DIR) + "/detente' " + arguments + " >'" + out + "' 2>'" +
                                error + "'";
    const int raw = std::system(command.c_str());
    return {WIFEXITED(raw) ? WEXITSTATUS(raw) : -1, read_bytes(out), read_bytes(error)};
}

}  // namespace detente::test
