// The options of an import as keys of [economy].
#pragma once

#include "base/toml_reader.h"
#include "economy/import_options.h"
#include "reading/sources.h"

namespace detente {

/// Reads every option of an import; relative paths start at the folder of `sources`. Throws (file, line, key) as
/// `TomlReader` does.
ImportOptions read_import_options(TomlReader& block, const Sources& sources);

/// Reads the set of elasticities that the options name: one of the catalogue, or a CSV on the disk by its path. Throws
/// with the nearest name where there is none.
void find_elasticities(ImportOptions& options, const Sources& sources);

}  // namespace detente
