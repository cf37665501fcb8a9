// The model table for a page.
#include "equilibrium/model_table.h"
#include "session.h"

namespace detente::page {
namespace {

Json option_json(const ModelOption& option) {
    static const char* const kinds[] = {"flag", "number", "choice", "region"};
    Json out = {{"name", option.name},
                {"text", option.text},
                {"kind", kinds[static_cast<int>(option.kind)]},
                {"default", option.default_text()},
                {"range", option.range_text()}};
    if (option.kind == ModelOption::Kind::number) out["low"] = option.low, out["high"] = option.high;
    if (!option.choices.empty()) out["choices"] = option.choices;
    if (option.derived == nullptr) std::visit([&](const auto& value) { out["value"] = value; }, option.otherwise);
    return out;
}

}  // namespace

Json models_json() {
    Json list = Json::array();
    for (const Model* row : built_in_models().rows()) {
        Json options = Json::array({Json{{"name", "closure"},
                                         {"text", "what happens to deficits"},
                                         {"kind", "choice"},
                                         {"default", '"' + to_string(row->closure) + '"'},
                                         {"value", to_string(row->closure)},
                                         {"choices", closure_names()}}});
        for (const ModelOption& option : row->options) options.push_back(option_json(option));
        list.push_back({{"name", row->name},
                        {"title", row->title},
                        {"numeraire", row->numeraire},
                        {"one_sector", row->one_sector},
                        {"intermediate_inputs", row->intermediate_inputs},
                        {"profits", row->profits},
                        {"decomposition", row->welfare_parts},
                        {"options", std::move(options)}});
    }
    return list;
}

}  // namespace detente::page
