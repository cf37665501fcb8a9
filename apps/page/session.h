// What one worker of a browser has open: economies, the sources that studies name, and the base of the fast calls.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "reading/sources.h"
#include "study/run.h"

namespace detente::page {

using Json = nlohmann::ordered_json;

/// Answers as JSON values. Questions come as the text of an object; what it may hold is said of each call. Every call
/// throws an `Error` as the command words it.
class Session {
public:
    /// `tell` hears of every step of a long call.
    explicit Session(Job::Report tell);

    /// Opens a compact economy: it is known by `name` from now on ("us-china-2017"), and is what the fast calls are
    /// about. Gives its names and tables of one dimension, a hash of its bytes, and what `configure` gives.
    Json open(std::string_view bytes, const std::string& name);
    /// Keeps a source that studies name: "ledgers/us-china.toml", "elasticities/NAME.csv", "tariffs/NAME.csv", or
    /// whatever else, as it lies from the folder of a study's sources ("studies/") on.
    void add_source(const std::string& name, const std::string& text);
    /// {"economy": name, "model": keys of [model], "elasticities": keys of [economy] beside its name, or the name of a
    /// set, "groups": keys of [groups]}; all may be missing. What the fast calls are about from now on: certificate,
    /// base, assumptions, elasticities in force.
    Json configure(const std::string& question);

    /// A scenario, by the keys of a study's [[scenario]]; the name may be missing. What results.json has of it, and
    /// `sectors`; but for what takes long and `without` names: "trade", "tariffs", "parts" (of welfare: first_order and
    /// decomposition).
    Json solve(const std::string& question) const;
    /// The keys of a study's [[nash]] and [[optimal]]; `from` is a scenario, not a name. What is not said of
    /// instruments is a rate a line on goods, from 0 to 1000 %. What results.json has of it, and `sectors`.
    Json war(const std::string& question) const;
    Json best(const std::string& question) const;

    /// {"study": text, "name", "sources": {name: text}, "today": "YYYY-MM-DD", "only": [names]}. The text of
    /// results.json.
    std::string run(const std::string& question);

private:
    const StudyResult& base() const;
    Sources sources() const;
    // The one question of a kind; `exporters`: of the instruments where the question has none.
    Json ask(const std::string& block, const std::string& text, const std::string& exporters) const;

    Job job_;
    Catalogue catalogue_;
    std::string economy_;  // the name of the one opened last
    std::optional<StudyResult> base_;
};

/// The model table: name, title, numeraire, closure and options of each model.
Json models_json();

}  // namespace detente::page
