#include "library/model.h"

#include <algorithm>

#include "equilibrium/model_table.h"
#include "library/boundary.h"

namespace detente {
namespace library {
namespace {

Place option_place(const std::string& name) {
    return {"", 0, "model." + name};
}

std::string kind_name(ModelOption::Kind kind) {
    switch (kind) {
        case ModelOption::Kind::flag:
            return "flag";
        case ModelOption::Kind::number:
            return "number";
        case ModelOption::Kind::choice:
            return "choice";
        case ModelOption::Kind::region:
            return "region";
    }
    return "";
}

v1::ModelInfo info_of(const Model& row) {
    v1::ModelInfo info{row.name, row.title, row.numeraire, to_string(row.closure), {}};
    for (const ModelOption& o : row.options)
        info.options.push_back({o.name, o.text, kind_name(o.kind), o.default_text(), o.range_text(), o.choices});
    return info;
}

void set_option(ModelOptions& options, const Model& row, const std::string& name, const OptionValue& value) {
    if (name == "closure") {
        const std::string* word = std::get_if<std::string>(&value);
        options.closure = closure_named(word != nullptr ? *word : "", option_place(name));
        return;
    }
    std::vector<std::string> known = row.option_names();
    known.insert(known.begin(), "closure");
    if (row.find(name) == nullptr)
        throw_unknown_name(option_place(name), "option of the " + row.name + " model", name, known);
    options.set(name, value);
}

}  // namespace

Closure closure_named(const std::string& name, const Place& place) {
    const std::vector<std::string>& names = closure_names();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) throw_unknown_name(place, "closure", name, names);
    return static_cast<Closure>(found - names.begin());
}

ModelOptions options_of(const v1::Model& model, const Economy& economy) {
    const Model& row = built_in_models().at(model.name);
    ModelOptions options = model_options(row);
    for (const auto& [name, value] : model.options) set_option(options, row, name, value.get());
    for (const ModelOption& option : row.options)
        if (option.kind == ModelOption::Kind::region && (option.applies == nullptr || option.applies(options)))
            economy.regions.at(options.text(option.name), option_place(option.name));
    return options;
}

}  // namespace library

namespace v1 {

std::vector<ModelInfo> models() {
    return library::guarded([] {
        std::vector<ModelInfo> list;
        for (const detente::Model* row : built_in_models().rows()) list.push_back(library::info_of(*row));
        return list;
    });
}

}  // namespace v1
}  // namespace detente
