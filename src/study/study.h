// The study file: one economy, scenarios, and questions.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "economy/economy.h"
#include "economy/economy_io.h"
#include "equilibrium/model.h"
#include "policy/scenario.h"
#include "policy/selection.h"
#include "questions/questions.h"

namespace detente {

/// One number printed in a paper, beside what the scenario gives: by the paper's formula and exactly.
struct PublishedValue {
    std::string region, name;    ///< "Mexico" or a group of regions (mean by base income); "welfare"
    std::string printed;         ///< as printed, so that its digits count
    std::string formula, exact;  ///< result keys: "first_order.welfare_percent", "welfare_percent"; either may be empty
    Place place;
};

/// A published table that a scenario reproduces.
struct PublishedTable {
    std::string title, scenario, sentence;
    std::vector<PublishedValue> values;
    Place place;
};

struct Study {
    std::string file, name;  ///< as given; the file's stem
    std::string title, description;
    std::string economy_name;  ///< built-in name or path, for the report
    Economy economy;
    Groups groups;
    ModelOptions model;         ///< with the defaults of its model
    SolverOptions solver;       ///< `[model] tolerance`; the job is the run's
    bool decomposition = true;  ///< the exact path decomposition beside the exact welfare
    std::vector<Scenario> scenarios;
    Questions questions;
    std::shared_ptr<struct RelationQuestions> relation_questions;  ///< never null after `read_study`
    std::vector<PublishedTable> published;
};

/// The keys of a region's results, in the order of the report; a model may not have all of them.
const std::vector<std::string>& region_keys();

/// A number as a paper prints it ("1.31", "-0.06"), or nothing: "n.a.", infinities, and text behind the number.
std::optional<double> printed_number(const std::string& printed);

/// A path as a study gives it. Every `${NAME}` and `${NAME:-default}` takes an environment variable; a default may hold
/// further ones. A relative path starts at `folder`, the study's, unless its beginning came from the environment: then
/// where the person stands. Throws for a variable that is not set and has no default, and for braces that do not match.
std::filesystem::path study_path(const std::string& text, const std::filesystem::path& folder, const Place& place);

/// Reads a study and its economy, and resolves every name. Throws one error (file, line, key) for the first
/// thing that is wrong; nothing has been solved or written by then.
Study read_study(const std::filesystem::path& path);

}  // namespace detente
