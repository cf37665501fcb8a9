// The whole command as one function: what `detente` does, from the shared library or linked in.
#pragma once

extern "C" {

/// Answers one command line (`arguments` as `main` has them) and returns the exit status. Handles signals, prints on
/// standard output and standard error: for a process that is the command, not for a library's user.
__attribute__((visibility("default"))) int detente_command(int count, char** arguments);
}
