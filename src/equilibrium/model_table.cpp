#include "equilibrium/model_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace detente {
namespace {

using Kind = ModelOption::Kind;

std::string in_words(const OptionValue& value) {
    if (const bool* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const double* number = std::get_if<double>(&value)) return fmt::format("{:g}", *number);
    return '"' + std::get<std::string>(value) + '"';
}

bool right_type(Kind kind, const OptionValue& value) {
    return kind == Kind::flag     ? std::holds_alternative<bool>(value)
           : kind == Kind::number ? std::holds_alternative<double>(value)
                                  : std::holds_alternative<std::string>(value);
}

// Throws for a value that the option cannot have.
void check_value(const ModelOption& option, const OptionValue& value) {
    const Place place{"", 0, "model." + option.name};
    if (!right_type(option.kind, value))
        throw_input({place, "not a value of this option", in_words(value), option.range_text(), ""});
    if (option.kind == Kind::number) {
        const double number = std::get<double>(value);
        if (!(number >= option.low && number <= option.high))
            throw_input({place, "out of range", in_words(value),
                         fmt::format("between {:g} and {:g}", option.low, option.high), ""});
    }
    if (option.kind == Kind::choice) {
        const auto& choices = option.choices;
        const std::string& name = std::get<std::string>(value);
        if (std::find(choices.begin(), choices.end(), name) == choices.end())
            throw_unknown_name(place, "value", name, choices);
    }
}

const ModelOption& need(const Model& model, const std::string& option) {
    const ModelOption* found = model.find(option);
    if (found == nullptr)
        throw_unknown_name(Place{"", 0, "model"}, "option of the " + model.name + " model", option,
                           model.option_names());
    return *found;
}

}  // namespace

OptionValue ModelOption::value(const ModelOptions& options) const {
    if (get != nullptr) return get(options);
    const auto given = options.own.find(name);
    if (given != options.own.end()) return given->second;
    return derived != nullptr ? OptionValue(derived(options)) : otherwise;
}

std::string ModelOption::default_text() const {
    return derived != nullptr ? derivation : in_words(otherwise);
}

std::string ModelOption::range_text() const {
    switch (kind) {
        case Kind::flag:
            return "true or false";
        case Kind::number:
            return fmt::format("{:g} to {:g}", low, high);
        case Kind::choice:
            return fmt::format("\"{}\"", fmt::join(choices, "\" or \""));
        default:
            return "the name of a region";
    }
}

ModelOption scale_economies_option() {
    ModelOption option;
    option.name = "scale_economies", option.kind = Kind::flag, option.otherwise = false;
    option.text = "external scale economies by sector, with the economy's psi";
    option.get = [](const ModelOptions& o) -> OptionValue { return o.scale_economies; };
    option.set = [](ModelOptions& o, const OptionValue& value) { o.scale_economies = std::get<bool>(value); };
    return option;
}

ModelOption labour_supply_option(double otherwise) {
    ModelOption option;
    option.name = "labour_supply", option.otherwise = otherwise, option.low = 0.0, option.high = 100.0;
    option.text = "elasticity of employment to the real wage after tax";
    option.get = [](const ModelOptions& o) -> OptionValue { return o.labour_supply; };
    option.set = [](ModelOptions& o, const OptionValue& value) { o.labour_supply = std::get<double>(value); };
    return option;
}

ModelOption revenue_option(Revenue otherwise) {
    ModelOption option;
    option.name = "revenue", option.kind = Kind::choice, option.otherwise = to_string(otherwise);
    option.text = "what tariff revenue does: it goes to households, or replaces an income tax";
    option.choices = revenue_names();
    option.get = [](const ModelOptions& o) -> OptionValue { return to_string(o.revenue); };
    option.set = [](ModelOptions& o, const OptionValue& value) {
        o.revenue =
            std::get<std::string>(value) == to_string(Revenue::income_tax) ? Revenue::income_tax : Revenue::lump_sum;
    };
    return option;
}

std::vector<const ModelOption*> named_regions(const ModelOptions& options) {
    std::vector<const ModelOption*> list;
    for (const ModelOption& option : options.model->options)
        if (option.kind == Kind::region && (option.applies == nullptr || option.applies(options)))
            list.push_back(&option);
    return list;
}

const ModelOption* Model::find(const std::string& option) const {
    const auto found =
        std::find_if(options.begin(), options.end(), [&](const ModelOption& o) { return o.name == option; });
    return found == options.end() ? nullptr : &*found;
}

std::vector<std::string> Model::option_names() const {
    std::vector<std::string> list;
    for (const ModelOption& option : options) list.push_back(option.name);
    return list;
}

OptionValue ModelOptions::value(const std::string& option) const {
    return need(*model, option).value(*this);
}

void ModelOptions::set(const std::string& option, const OptionValue& value) {
    const ModelOption& row = need(*model, option);
    check_value(row, value);
    if (row.set != nullptr)
        row.set(*this, value);
    else
        own[option] = value;
}

ModelOptions model_options(const Model& model) {
    ModelOptions options;
    options.model = &model;
    options.closure = model.closure;
    for (const ModelOption& option : model.options)
        if (option.set != nullptr) option.set(options, option.otherwise);
    return options;
}

ModelOptions model_options(const std::string& built_in) {
    return model_options(built_in_models().at(built_in));
}

void scale_elasticities(Economy& economy, ModelOptions& options, const std::vector<double>& factor, bool hold_product) {
    if (options.model->scale_elasticities != nullptr)
        return options.model->scale_elasticities(economy, options, factor, hold_product);
    for (std::size_t s = 0; s < factor.size(); ++s) {
        if (!economy.theta.empty()) economy.theta[s] *= factor[s];
        if (!economy.sigma.empty()) economy.sigma[s] = 1.0 + (economy.sigma[s] - 1.0) * factor[s];
        if (!economy.psi.empty() && hold_product) economy.psi[s] /= factor[s];
    }
}

ModelTable::ModelTable(std::vector<const Model*> rows) : rows_(std::move(rows)) {
    if (rows_.empty()) throw_input(Place{"", 0, "model"}, "the model table has no rows");
    for (std::size_t k = 0; k < rows_.size(); ++k) {
        const Model& row = *rows_[k];
        const Place place{"", 0, "model " + row.name};
        for (std::size_t earlier = 0; earlier < k; ++earlier)
            if (rows_[earlier]->name == row.name) throw_input(place, "the name stands twice in the model table");
        if (row.name.empty() || row.world == nullptr || row.linearise == nullptr || row.certify == nullptr ||
            row.assumptions == nullptr)
            throw_input(place, "a row of the model table needs a name, world, linearise, certify and assumptions");
        for (const ModelOption& option : row.options)
            if (option.derived == nullptr) check_value(option, option.otherwise);
    }
}

std::vector<std::string> ModelTable::names() const {
    std::vector<std::string> list;
    for (const Model* row : rows_) list.push_back(row->name);
    return list;
}

const Model& ModelTable::at(const std::string& name, const Place& place) const {
    for (const Model* row : rows_)
        if (row->name == name) return *row;
    throw_unknown_name(place, "model", name, names());
}

std::vector<std::string> ModelTable::option_names() const {
    std::vector<std::string> list;
    for (const Model* row : rows_)
        for (const ModelOption& option : row->options)
            if (std::find(list.begin(), list.end(), option.name) == list.end()) list.push_back(option.name);
    return list;
}

ModelTable ModelTable::with(const Model& row) const {
    std::vector<const Model*> rows = rows_;
    rows.push_back(&row);
    return ModelTable(std::move(rows));
}

}  // namespace detente
