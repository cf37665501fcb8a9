// The options of an import as keys of [economy].
#pragma once

#include "base/toml_reader.h"
#include "economy/import_options.h"
#include "reading/sources.h"

namespace detente {

/// Reads every option of an import; relative paths start at the folder of `sources`. Throws (file, line, key) as
/// `TomlReader` does.
ImportOptions read_import_options(TomlReader& block, const Sources& sources);

}  // namespace detente
