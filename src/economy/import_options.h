// The options of an import, once: the command line gives them as --home-sales, a study as home_sales in [economy].
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "economy/economy_io.h"

namespace detente {

/// A value that was given; which member holds it follows from the kind of the option.
struct ImportValue {
    double number = 0.0;
    std::string text;  ///< of a `choice` one of its choices
    std::filesystem::path file;
    std::map<std::string, std::string> names;
    std::map<std::string, double> values;  ///< "*" for all others
};

/// One option: its name, what it takes, the text of its help, and what it does.
struct ImportOption {
    /// `flag` takes nothing (true in a study), `year` a whole number, `choice` one of `choices`, `names` pairs
    /// NAME=COLUMN, `values` a number for all or NAME=NUMBER, perhaps several times (in a study a number or a table
    /// with `default`).
    enum class Kind { flag, number, year, text, file, choice, names, values };
    std::string name;  ///< with hyphens; a study writes underscores
    Kind kind;
    std::string help;
    std::vector<std::string> choices;
    /// Puts the value into the options; throws at `place` where it cannot be one.
    std::function<void(ImportOptions&, const ImportValue&, const Place&)> set;

    /// The key of a study.
    std::string key() const;
};

/// Every option, in the order of the help.
const std::vector<ImportOption>& import_option_list();

/// "value=flow,exporter=orig" as pairs; throws where a part has no "=".
std::map<std::string, std::string> parse_names(const std::string& text, const Place& place);

/// "5" or "27t28=3": puts the number into `values` under "*" or the name; throws where it is none or stands there.
void parse_value(const std::string& text, const Place& place, std::map<std::string, double>& values);

}  // namespace detente
