#include "library/model.h"

#include <fmt/format.h>

#include <algorithm>

namespace detente::library {
namespace {

Place option(const std::string& name) {
    return {"", 0, "model." + name};
}

template <class Choice>
Choice choice(const std::vector<std::string>& names, const std::string& name, const Place& place, const char* what) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) throw_unknown_name(place, what, name, names);
    return static_cast<Choice>(found - names.begin());
}

// Takes the options of one model by name and finds those that nobody asked for.
class Options {
public:
    explicit Options(const v1::Model& model) : model_(model) {}

    void number(const char* name, double& target, double low, double high) {
        const v1::OptionValue* value = find(name);
        if (value == nullptr) return;
        target = of<double>(name, *value, "a number");
        if (!(target >= low && target <= high))
            throw_input({option(name), "out of range", fmt::format("{:g}", target),
                         fmt::format("between {:g} and {:g}", low, high), ""});
    }
    void flag(const char* name, bool& target) {
        if (const v1::OptionValue* value = find(name)) target = of<bool>(name, *value, "true or false");
    }
    template <class Choice>
    void word(const char* name, Choice& target, const std::vector<std::string>& names) {
        if (const v1::OptionValue* value = find(name))
            target = choice<Choice>(names, of<std::string>(name, *value, "a word"), option(name), name);
    }
    void text(const char* name, std::string& target) {
        if (const v1::OptionValue* value = find(name)) target = of<std::string>(name, *value, "a name");
    }
    void finish() const {
        for (const auto& entry : model_.options)
            if (std::find(known_.begin(), known_.end(), entry.first) == known_.end())
                throw_unknown_name(option(entry.first), "option of the " + model_.name + " model", entry.first, known_);
    }

private:
    const v1::OptionValue* find(const char* name) {
        known_.emplace_back(name);
        const auto found = model_.options.find(name);
        return found == model_.options.end() ? nullptr : &found->second;
    }
    template <class Type>
    static Type of(const char* name, const v1::OptionValue& value, const char* expected) {
        if (const Type* held = std::get_if<Type>(&value.get())) return *held;
        throw_input({option(name), "not the kind of value that this option has", "", expected, ""});
    }
    const v1::Model& model_;
    std::vector<std::string> known_;
};

}  // namespace

Closure closure_named(const std::string& name) {
    return choice<Closure>(closure_names(), name, {"", 0, "closure"}, "closure");
}

ModelOptions options_of(const v1::Model& model, const Economy& economy) {
    const auto kind = choice<ModelKind>(model_names(), model.name, {"", 0, "model"}, "model");
    ModelOptions out = model_options(kind);
    Options options(model);
    options.word("closure", out.closure, closure_names());
    if (kind == ModelKind::ricardian) options.flag("scale_economies", out.scale_economies);
    if (kind != ModelKind::krugman) {
        options.number("labour_supply", out.labour_supply, 0.0, 100.0);
        options.word("revenue", out.revenue, {"lump_sum", "income_tax"});
    }
    if (kind == ModelKind::melitz) {
        options.number("trade_elasticity", out.trade_elasticity, 0.1, 100.0);
        double scale = out.scale_elasticity.value_or(0.0);
        options.number("scale_elasticity", scale, 1e-6, 10.0);
        if (scale > 0.0) out.scale_elasticity = scale;
        options.number("pass_through", out.pass_through, 0.0, 10.0);
        options.word("marketing_labour", out.marketing_labour, {"calibrated", "none"});
        options.text("marketing_region", out.marketing_region);
        if (out.marketing_labour == MarketingLabour::calibrated)
            economy.regions.at(out.marketing_region, option("marketing_region"));
    }
    options.finish();
    return out;
}

}  // namespace detente::library
