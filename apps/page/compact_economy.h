// An economy as one file for the page: WebAssembly has no NetCDF.
//
// Eight bytes "DETENTE1", the header's length (32 bits), the header (JSON, padded with blanks to a multiple of eight),
// then every array of the header in its order as doubles, little-endian, as the engine holds them (base/tensor.h): the
// same numbers to the last bit.
#pragma once

#include <string>
#include <string_view>

#include "economy/economy.h"

namespace detente::page {

/// The economy's file.
std::string compact_bytes(const Economy& economy);

/// The economy of such a file; `name` is what errors call it. Throws an input error where the bytes are none, are cut
/// off, or have arrays of another size than the names of regions and sectors ask for.
Economy read_compact(std::string_view bytes, const std::string& name);

}  // namespace detente::page
