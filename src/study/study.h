// The study: one economy, scenarios, and questions.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/expression.h"
#include "economy/economy.h"
#include "equilibrium/model.h"
#include "policy/scenario.h"
#include "policy/selection.h"
#include "study/question.h"
#include "study/uncertainty.h"

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

/// A sentence, and the expression over results that decides whether it is true.
struct Claim {
    std::string text, holds;
    std::shared_ptr<const Expression> expression;
    Place place;
    /// What is smaller does not matter: in billions of the economy's currency where money decides, else in the unit of
    /// what is compared (percent, as a rule).
    std::optional<double> at_least = {};
};

struct Study;

/// The study under other assumptions: what [[variant]] changes is changed in it, and it has no variants of its own.
struct Variant {
    std::string name, title, description;
    std::shared_ptr<const Study> study;
    Place place;
};

/// A study as read: a value that can be copied, and answered as often as one likes. It names no file that is still to
/// be read.
struct Study {
    std::string file, name;  ///< as given, for errors; short, for the folder of its results
    std::string title, description;
    std::string economy_name;  ///< built-in name or path, for the report
    Economy economy;
    Groups groups;
    ModelOptions model;         ///< with the defaults of its model
    SolverOptions solver;       ///< `[model] tolerance`; the job is the run's
    bool decomposition = true;  ///< the exact path decomposition beside the exact welfare
    std::vector<Scenario> scenarios;
    QuestionTable question_kinds;  ///< what a study can ask, in the order of results
    /// In the order of results: by kind, and within a kind as in the file.
    std::vector<std::shared_ptr<const Question>> questions;
    std::vector<Claim> claims;
    std::vector<PublishedTable> published;
    std::optional<UncertaintySettings> uncertainty;  ///< none: one answer, by the parameters as they stand
    std::vector<Variant> variants;
};

/// The keys of a region's results, in the order of the report; a model may not have all of them.
const std::vector<std::string>& region_keys();

/// A number as a paper prints it ("1.31", "-0.06"), or nothing: "n.a.", infinities, and text behind the number.
std::optional<double> printed_number(const std::string& printed);

/// "base", the scenarios, and the questions whose equilibrium is their own: what a question or a claim may refer to.
std::vector<std::string> outcome_names(const Study& study);
/// Names of the questions of these kinds.
std::vector<std::string> question_names(const Study& study, const std::vector<std::string>& blocks);
/// Null where there is none.
const Question* find_question(const Study& study, const std::string& name);

}  // namespace detente
