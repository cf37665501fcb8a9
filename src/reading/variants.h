// Variants of a study: what a [[variant]] changes, put into the study's text before it is read again.
#pragma once

#include <toml++/toml.h>
#include <functional>
#include <string>

#include "study/study.h"

namespace detente {

/// Reads the study once more for each [[variant]] of `parsed` (the text `text` of `file`) with what the variant
/// changes, by `read`, and appends them to `study`. A variant has `name`, `title`, `description`, and blocks as the
/// study has them: the keys of a table stand in place of the study's, or beside them; those of a list of blocks go to
/// the block of the same `name`. Throws an input error for a block or a name that the study does not have, for a
/// variant that changes nothing, and for what is wrong with the study that it leads to, with the variant's name.
void read_variants(const std::string& text, const std::string& file, const toml::table& parsed, Study& study,
                   const std::function<Study(const toml::table&)>& read);

}  // namespace detente
