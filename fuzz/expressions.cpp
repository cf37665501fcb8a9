// Claims' expressions: parsed, visited, and held against made-up results.
#include <cmath>

#include "base/expression.h"
#include "fuzz.h"

namespace detente::fuzz {
namespace {

// Made-up results: numbers that depend on the arguments, an infinite one, one that is not there.
ExpressionFunctions results() {
    ExpressionFunctions out;
    out["welfare"] = [](const std::vector<ExpressionArgument>& arguments) {
        double value = 0.25;
        for (const ExpressionArgument& argument : arguments) {
            if (const auto* text = std::get_if<std::string>(&argument))
                value += 0.5 * static_cast<double>(text->size()) - 1.0;
            else
                value += std::get<double>(argument);
        }
        return value;
    };
    out["discount"] = [](const std::vector<ExpressionArgument>&) { return 0.95; };
    out["peace_years"] = [](const std::vector<ExpressionArgument>&) { return HUGE_VAL; };
    out["provision"] = [](const std::vector<ExpressionArgument>&) -> double {
        throw Unavailable("\"climate\" was not answered");
    };
    return out;
}

void hold(const std::string& text, const Place& place, const ExpressionFunctions& functions) {
    std::vector<std::string> names;
    for (const auto& entry : functions) names.push_back(entry.first);
    const Expression expression(text, place, names);
    expression.visit(functions);
    const Truth truth = expression.truth(functions);
    if (!(truth.margin >= 0.0)) broken("a margin below 0");
    // The same words turned round hold where these fail, by the same margin.
    const Truth turned = Expression("not (" + text + ")", place, names).truth(functions);
    if (turned.holds == truth.holds) broken("not (A) is not the opposite of A");
    if (turned.margin != truth.margin) broken("not (A) has another margin than A");
}

}  // namespace
}  // namespace detente::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace detente::fuzz;
    static const detente::ExpressionFunctions functions = results();
    const std::string text(as_text(data, size));
    reads([&] { hold(text, detente::Place{"study.toml", 7, "claim[1].holds"}, functions); });
    return 0;
}
