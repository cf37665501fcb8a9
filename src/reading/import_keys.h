// The options of an import as keys of [economy].
#pragma once

#include <filesystem>

#include "base/toml_reader.h"
#include "economy/import_options.h"

namespace detente {

/// Reads every option of an import; relative paths start at `folder`. Throws (file, line, key) as `TomlReader` does.
ImportOptions read_import_options(TomlReader& block, const std::filesystem::path& folder);

}  // namespace detente
