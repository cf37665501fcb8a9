#include "study/uncertainty.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "base/distribution.h"
#include "equilibrium/model_table.h"
#include "study/study.h"

namespace detente {
namespace {

using Kind = UncertainInput::Kind;

// Standard normal: its quantile, and the probability below z.
double normal_quantile(double u) {
    return boost::math::quantile(boost::math::normal_distribution<double>(), u);
}
double normal_probability(double z) {
    return boost::math::cdf(boost::math::normal_distribution<double>(), z);
}

void add_elasticities(const Study& study, const UncertaintySettings& settings, std::vector<UncertainInput>& list) {
    const Economy& e = study.economy;
    const Place place{settings.place.file, settings.place.line, "uncertainty.elasticities"};
    if (e.theta_log_sd.empty())
        throw_input({place, "the economy does not say how sure its trade elasticities are", "",
                     "an economy with theta_log_sd (as elasticity sets bring), or elasticities = false", ""});
    const auto moved = [](double sd) { return sd > 0.0; };
    if (std::none_of(e.theta_log_sd.begin(), e.theta_log_sd.end(), moved))
        throw_input(place, "the economy gives its trade elasticities as certain: every theta_log_sd is 0");
    if (settings.common > 0.0)
        list.push_back({Kind::common_elasticity,
                        "elasticities",
                        "all trade elasticities together",
                        {Distribution::Kind::normal, 0.0, 1.0}});
    const double own = std::sqrt(1.0 - settings.common);
    for (int s = 0; s < e.n_sectors() && own > 0.0; ++s) {
        const double sd = own * e.theta_log_sd[static_cast<std::size_t>(s)];
        if (sd > 0.0)
            list.push_back({Kind::elasticity,
                            "elasticity." + e.sectors[s],
                            "trade elasticity of " + e.sectors[s],
                            {Distribution::Kind::normal, 0.0, sd},
                            s});
    }
}

// What several questions take from one source is drawn once for all of them: one government has one patience.
void add_or_join(UncertainInput input, const Question& question, std::vector<UncertainInput>& list) {
    for (UncertainInput::Target& target : input.targets) target.question = question.name;
    const auto same = [&](const UncertainInput& other) { return other.name == input.name; };
    const auto found = std::find_if(list.begin(), list.end(), same);
    if (found == list.end()) return list.push_back(std::move(input));
    if (found->source == input.source) {
        found->targets.insert(found->targets.end(), input.targets.begin(), input.targets.end());
        return;
    }
    input.name = question.name + "." + input.name, input.label += " in " + question.name;
    list.push_back(std::move(input));
}

}  // namespace

const std::vector<std::string>& draw_method_names() {
    static const std::vector<std::string> names = {"sobol", "random", "quadrature"};
    return names;
}

std::string to_string(DrawMethod method) {
    return draw_method_names()[static_cast<std::size_t>(method)];
}

std::string to_string(DriverKind kind) {
    return kind == DriverKind::sobol ? "sobol" : kind == DriverKind::rank ? "rank" : "none";
}

double Distribution::quantile(double u) const {
    switch (kind) {
        case Kind::normal:
            return first + second * normal_quantile(u);
        case Kind::uniform:
            return first + u * (second - first);
        default:
            return beta_quantile(u, first, second);
    }
}

double Distribution::at_standard(double z) const {
    switch (kind) {
        case Kind::normal:
            return first + second * z;
        case Kind::uniform:
            return 0.5 * (first + second) + z * (second - first) / std::sqrt(12.0);
        default:
            return beta_quantile(normal_probability(z), first, second);
    }
}

std::string Distribution::text() const {
    switch (kind) {
        case Kind::normal:
            return fmt::format("normal, sd {:.3g}", second);
        case Kind::uniform:
            return fmt::format("uniform from {:g} to {:g}", first, second);
        default:
            return fmt::format("beta ({:.4g}, {:.4g})", first, second);
    }
}

std::vector<UncertainInput> uncertain_inputs(const Study& study) {
    std::vector<UncertainInput> list;
    if (!study.uncertainty) return list;
    const UncertaintySettings& settings = *study.uncertainty;
    if (settings.elasticities) add_elasticities(study, settings, list);
    for (const auto& [key, kind, label] :
         {std::tuple{"labour_supply", Kind::labour_supply, "elasticity of labour supply"},
          std::tuple{"tariff_coverage", Kind::tariff_coverage, "part of tariff increases that is paid"}})
        if (const auto found = settings.intervals.find(key); found != settings.intervals.end())
            list.push_back(
                {kind, key, label, {Distribution::Kind::uniform, found->second.first, found->second.second}});
    for (const auto& question : study.questions) {
        const bool left_out =
            std::find(settings.leave_out.begin(), settings.leave_out.end(), question->name) != settings.leave_out.end();
        if (left_out || !question->kind->uncertain) continue;
        for (UncertainInput& input : question->kind->uncertain(*question, settings))
            add_or_join(std::move(input), *question, list);
    }
    return list;
}

}  // namespace detente
