// Text as people write it.
#pragma once

#include <string>
#include <string_view>

namespace detente {

/// The text without surrounding blanks.
std::string_view trimmed(std::string_view text);

/// At most about `most` bytes of the text, whole characters, with "..." where it was cut.
std::string cut(std::string_view text, std::size_t most);

/// Why a text cannot be a name ("is empty", "has a control character"); empty where it can. Surrounding blanks are no
/// part of a name.
std::string name_fault(std::string_view name);

}  // namespace detente
