// Reading a study: text and named sources in, a value out.
#pragma once

#include <string>

#include "equilibrium/model_table.h"
#include "reading/sources.h"
#include "study/study.h"

namespace detente {

class TomlReader;

/// Reads a study (TOML) and its economy, and resolves every name. `file`: what errors call the text, and what the study
/// is called after. `questions`: what the study may ask. `models`: those that [model] can name, the default first.
/// Throws one error (file, line, key) for the first thing that is wrong; nothing has been solved or written by then.
Study read_study(const std::string& text, const std::string& file, const Sources& sources,
                 const QuestionTable& questions, const ModelTable& models = built_in_models());

/// Only what the blocks `economy` and `model` of two tables (or one) say, as a study without scenarios or questions:
/// for other files that have these blocks. Throws as above.
Study read_base_alone(TomlReader& of_economy, TomlReader& of_model, const Sources& sources,
                      const ModelTable& models = built_in_models());

/// A scenario alone, on the economy, groups and model of `study`: for who asks one after another. Throws as above.
Scenario read_scenario(TomlReader block, const Study& study, const Sources& sources);

}  // namespace detente
