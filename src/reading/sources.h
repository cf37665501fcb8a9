// What a study is read from besides its text: the files that it names, variables in their paths, and the day.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/error.h"
#include "base/job.h"
#include "economy/catalogue.h"

namespace detente {

/// Economies, ledgers and tables that a study names are looked for among `files` first and then, where `folder` is
/// given, on the disk; economies by name in `catalogue`. Nothing else is read: not the environment, and the clock only
/// where `today` is not given.
struct Sources {
    /// Where a relative path starts; none: nothing is read from the disk.
    std::optional<std::filesystem::path> folder;
    /// Contents of files in memory, by the names that the study gives them.
    std::map<std::string, std::string> files;
    /// The value of `${NAME}` in a path, nothing where it is not set; empty: no variable is.
    std::function<std::optional<std::string>(const std::string& name)> variable;
    /// The day on which a ledger is judged where the study says none.
    std::optional<Date> today;
    /// Where economies are that a study asks for by name.
    Catalogue catalogue = Catalogue::beside_program();
    Job job;  ///< a cancelled one ends the reading of files
};

/// A file that a study names: its content in memory (null: on the disk), and the path that errors call it by.
struct SourceFile {
    std::filesystem::path path;
    const std::string* content = nullptr;
};

/// Finds the file that a study names. Every `${NAME}` and `${NAME:-default}` takes a variable; a default may hold
/// further ones. A relative path on the disk starts at the study's folder, unless its beginning came from a variable:
/// then where the person stands. Throws for a variable that is not set and has no default, for braces that do not
/// match, and for a file that is not in memory where nothing is read from the disk (with the nearest name).
SourceFile find_source(const Sources& sources, const std::string& text, const Place& place);

}  // namespace detente
