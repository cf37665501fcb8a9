// The questions that a study can ask, and studies that ask them.
#pragma once

#include <filesystem>
#include <string>

#include "reading/read_study.h"

namespace detente {

/// One row for each kind: a new question is a file and a row here.
const QuestionTable& built_in_questions();

/// Reads a study with the built-in questions (see reading/read_study.h).
Study read_study(const std::string& text, const std::string& file, const Sources& sources = {});
/// The same from a file: relative paths start at its folder (`sources.folder` where that is given).
Study read_study(const std::filesystem::path& path, Sources sources = {});

}  // namespace detente
