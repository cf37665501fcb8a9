#include "economy/import_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace detente {
namespace {

using Kind = ImportOption::Kind;

// What a person can say of columns; a word that is none of them would be ignored.
const std::vector<std::string>& column_roles() {
    static const std::vector<std::string> roles = {"exporter", "importer", "value",      "year",  "product",
                                                   "region",   "gdp",      "gdp_year",   "gdp_o", "gdp_d",
                                                   "sector",   "tariff",   "tariff_year"};
    return roles;
}

void set_columns(ImportOptions& o, const ImportValue& v, const Place& place) {
    for (const auto& [role, column] : v.names) {
        if (std::count(column_roles().begin(), column_roles().end(), role) == 0)
            throw_unknown_name(place, "column to choose", role, column_roles());
        o.columns[role] = column;
    }
}

void set_theta(ImportOptions& o, const ImportValue& v, const Place&) {
    o.theta_of = v.values;
    const auto all = o.theta_of.find("*");
    if (all == o.theta_of.end()) return;
    o.theta = all->second;
    o.theta_of.erase(all);
}

void set_decimal(ImportOptions& o, const ImportValue& v, const Place& place) {
    if (v.text != "." && v.text != "," && v.text != "point" && v.text != "comma")
        throw_input({place, "not a decimal mark", '"' + v.text + '"', ". or ,", ""});
    o.csv.decimal = v.text == "," || v.text == "comma" ? ',' : '.';
}

void set_year(ImportOptions& o, const ImportValue& v, const Place& place) {
    if (v.number != std::floor(v.number) || v.number < 1.0 || v.number > 9999.0)
        throw_input({place, "not a year", fmt::format("{:g}", v.number), "a whole number from 1 to 9999", ""});
    o.year = static_cast<int>(v.number);
}

void set_mean(ImportOptions& o, const ImportValue& v, const Place& place) {
    if (!(v.number > 0.0))
        throw_input(
            {place, "the mean of trade elasticities must be positive", fmt::format("{:g}", v.number), "above 0", ""});
    o.theta_mean = v.number;
}

// The usual ways to put a value in its place.
using Set = std::function<void(ImportOptions&, const ImportValue&, const Place&)>;

Set file_to(std::filesystem::path ImportOptions::*member) {
    return [member](ImportOptions& o, const ImportValue& v, const Place&) { o.*member = v.file; };
}
Set number_to(std::optional<double> ImportOptions::*member) {
    return [member](ImportOptions& o, const ImportValue& v, const Place&) { o.*member = v.number; };
}
Set true_to(bool ImportOptions::*member) {
    return [member](ImportOptions& o, const ImportValue&, const Place&) { o.*member = true; };
}
// An option with choices; the enumeration has them in the same order, the default first.
template <class Choice>
ImportOption choice(std::string name, std::string help, std::vector<std::string> choices,
                    Choice ImportOptions::*member) {
    const Set set = [member, choices](ImportOptions& o, const ImportValue& v, const Place& place) {
        const auto found = std::find(choices.begin(), choices.end(), v.text);
        if (found == choices.end()) throw_unknown_name(place, "choice", v.text, choices);
        o.*member = static_cast<Choice>(found - choices.begin());
    };
    return {std::move(name), Kind::choice, std::move(help), std::move(choices), set};
}

std::vector<ImportOption> make_list() {
    return {
        {"theta",
         Kind::values,
         "A trade elasticity for every sector, or SECTOR=NUMBER for one (may be repeated)",
         {},
         set_theta},
        {"theta-file",
         Kind::file,
         "A CSV with columns sector,theta (\"*\" for all others)",
         {},
         file_to(&ImportOptions::theta_file)},
        {"elasticities",
         Kind::text,
         "A set of elasticities: a name (`detente elasticities list`) or the path of a CSV",
         {},
         [](ImportOptions& o, const ImportValue& v, const Place&) { o.elasticities = v.text; }},
        {"mean",
         Kind::number,
         "Scale trade elasticities to this mean over goods, weighted by trade between regions",
         {},
         set_mean},
        {"horizon", Kind::choice, "Scale them to the mean that goes with a horizon: short (2.5) or long (4)",
         horizon_names(),
         [](ImportOptions& o, const ImportValue& v, const Place&) {
             o.horizon = v.text == horizon_names().front() ? ElasticityHorizon::short_run : ElasticityHorizon::long_run;
         }},
        {"tariff", Kind::number, "One tariff rate on all goods (0.05 = 5 %)", {}, number_to(&ImportOptions::tariff)},
        {"tariff-file",
         Kind::file,
         "A CSV with columns exporter,importer,sector,tariff (\"*\" for all), or as WITS, TRAINS and MAcMap have it",
         {},
         file_to(&ImportOptions::tariff_file)},
        choice("tariff-unit", "Rates of the tariff file: header (as it says, default), rate (0.05) or percent (5)",
               {"header", "rate", "percent"}, &ImportOptions::tariff_unit),
        choice("negatives", "Negative final uses (icio, wiod): deficit (default) or clip", {"deficit", "clip"},
               &ImportOptions::negatives),
        {"merge-split",
         Kind::flag,
         "icio: merge the split rows of Mexico and China (MX1, MX2, CN1, CN2)",
         {},
         true_to(&ImportOptions::merge_split)},
        {"year", Kind::year, "The year, where the source does not state it or holds several", {}, set_year},
        {"separator",
         Kind::text,
         "What stands between the fields of CSV files: comma (default), semicolon, tab, ...",
         {},
         [](ImportOptions& o, const ImportValue& v, const Place& place) {
             o.csv.separator = separator_named(v.text, place);
         }},
        {"decimal",
         Kind::text,
         "The decimal mark of the numbers in CSV files with that separator: . (default) or ,",
         {},
         set_decimal},
        {"columns",
         Kind::names,
         "gravity, tariff file: columns by what they hold, as in exporter=orig,importer=dest,value=flow",
         {},
         set_columns},
        {"gdp-file", Kind::file, "gravity: the GDP (the same as a second PATH)", {}, file_to(&ImportOptions::gdp_file)},
        {"gdp-unit",
         Kind::number,
         "gravity: the unit of GDP in the unit of the flows (0.001)",
         {},
         number_to(&ImportOptions::gdp_unit)},
        choice("home-sales", "gravity: source (default), gdp (GDP less exports) or gdp-clip (0 where that is negative)",
               {"source", "gdp", "gdp-clip"}, &ImportOptions::home_sales),
        {"sectors",
         Kind::file,
         "gravity, tariff file: a CSV product,sector that puts products into sectors; a set of elasticities: its "
         "sectors (product) into those of the economy",
         {},
         file_to(&ImportOptions::sectors_file)},
        choice("reported", "gravity: whose reports count where a table has both: exports or imports",
               {"either", "exports", "imports"}, &ImportOptions::reported),
        {"drop-without-gdp",
         Kind::flag,
         "gravity: leave out regions that the GDP does not name",
         {},
         true_to(&ImportOptions::drop_without_gdp)},
        {"note",
         Kind::text,
         "Sentences to add to the economy's note: what was assumed to make the files",
         {},
         [](ImportOptions& o, const ImportValue& v, const Place&) { o.note = v.text; }},
    };
}

}  // namespace

std::string ImportOption::key() const {
    std::string text = name;
    std::replace(text.begin(), text.end(), '-', '_');
    return text;
}

const std::vector<ImportOption>& import_option_list() {
    static const std::vector<ImportOption> list = make_list();
    return list;
}

void parse_value(const std::string& text, const Place& place, std::map<std::string, double>& values) {
    const std::size_t equals = text.rfind('=');
    const std::string name = equals == std::string::npos ? "*" : text.substr(0, equals);
    const auto number = finite_number(equals == std::string::npos ? text : text.substr(equals + 1));
    if (!number || name.empty())
        throw_input({place, '"' + shown(text, 40) + "\" is not a finite number", "", "a number, or SECTOR=NUMBER", ""});
    if (!values.emplace(name, *number).second)
        throw_input(place, name == "*" ? "the number for all is given twice" : "\"" + name + "\" is given twice");
}

std::map<std::string, std::string> parse_names(const std::string& text, const Place& place) {
    std::map<std::string, std::string> names;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        const std::string part = text.substr(start, end - start);
        const std::size_t equals = part.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == part.size())
            throw_input({place, "not a choice of a column", '"' + part + '"', "NAME=COLUMN, as in value=flow", ""});
        names[part.substr(0, equals)] = part.substr(equals + 1);
        start = end + 1;
    }
    return names;
}

}  // namespace detente
