// [uncertainty] of a study.
#pragma once

#include "base/toml_reader.h"
#include "study/study.h"

namespace detente {

/// Reads the block into `study.uncertainty`; everything else of the study has been read. Throws for what draws cannot
/// be, and for what settings ask for and the study does not have.
void read_uncertainty(TomlReader block, Study& study);

}  // namespace detente
