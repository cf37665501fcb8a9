// Workbooks from the parts of an input: the members of an archive, or an archive as it is.
#pragma once

#include "fuzz.h"

namespace detente::fuzz {

/// Packs the parts of an input (`@@ xl/workbook.xml` and so on; texts or records) into an archive named `name`, or
/// takes the input as it is where it begins like an archive, and reads every sheet, then the table of WIOD in it.
/// Properties: rows come in order, cells once, both within the limits of the format. -1 where the input is neither.
int read_workbook(const std::uint8_t* data, std::size_t size, const std::string& name);

}  // namespace detente::fuzz
