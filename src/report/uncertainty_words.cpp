#include "report/uncertainty_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "report/words.h"

namespace detente {
namespace {

constexpr int most_rows = 24;  // of a terminal's screen

std::string percent(double value) {
    return fmt::format("{:+.4f}", value);
}

// The kinds of inputs, each once, with how many of them there are.
std::vector<std::string> inputs_in_words(const UncertaintyResult& u) {
    std::vector<std::string> list;
    const auto elasticities = std::count_if(u.inputs.begin(), u.inputs.end(), [](const UncertainInput& input) {
        return input.kind == UncertainInput::Kind::elasticity || input.kind == UncertainInput::Kind::common_elasticity;
    });
    if (elasticities > 0)
        list.push_back(
            fmt::format("trade elasticities (logarithms normal, {:.0f} % of the variance common to all "
                        "sectors{})",
                        100.0 * u.settings.common,
                        u.settings.scale_elasticities ? "; scale elasticities so that theta psi stays" : ""));
    for (const UncertainInput& input : u.inputs)
        if (input.kind != UncertainInput::Kind::elasticity && input.kind != UncertainInput::Kind::common_elasticity)
            list.push_back(fmt::format("{} ({})", input.label, input.distribution.text()));
    return list;
}

std::string how_drawn(const UncertaintyResult& u) {
    switch (u.settings.method) {
        case DrawMethod::sobol:
            return fmt::format("{} points of a scrambled Sobol sequence (seed {})", u.draws, u.settings.seed);
        case DrawMethod::random:
            return fmt::format("{} independent draws (seed {})", u.draws, u.settings.seed);
        default:
            return fmt::format("the {} points of Stroud's quadrature, which gives means and spreads alone", u.draws);
    }
}

std::string most_frequent(const DrawFailures& failures) {
    const auto most = std::max_element(failures.begin(), failures.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == failures.end() ? "" : most->first;
}

void add_failures(const UncertaintyResult& u, std::vector<std::string>& list) {
    if (u.failed > 0)
        list.push_back(fmt::format("{} of {} draws have no answer at all; the most frequent reason: {}.", u.failed,
                                   u.draws, most_frequent(u.failures)));
    const auto add = [&](const auto& bands) {
        if (bands.failed > u.failed)
            list.push_back(fmt::format("\"{}\" was not answered in {} of {} draws; the most frequent reason: {}.",
                                       bands.name, bands.failed, u.draws, most_frequent(bands.failures)));
    };
    for (const OutcomeBands& outcome : u.outcomes) add(outcome);
    for (const AnswerBands& answer : u.answers)
        if (std::none_of(u.outcomes.begin(), u.outcomes.end(),
                         [&](const OutcomeBands& outcome) { return outcome.name == answer.name; }))
            add(answer);
}

const FigureBand* figure(const AnswerBands& answer, const std::string& name) {
    for (const FigureBand& one : answer.figures)
        if (one.name == name) return &one;
    return nullptr;
}

// A share of draws that is all or nothing has no error that draws could tell: their number says how much it means.
std::string holds_in_draws(const Band& band) {
    const double share = band.value.mean;
    if (share == 1.0) return fmt::format("holds in all {} draws", band.draws);
    if (share == 0.0) return fmt::format("holds in none of {} draws", band.draws);
    return fmt::format("holds with probability {:.2f}{}", share,
                       band.error ? fmt::format(" (Monte Carlo error {:.3f})", band.error->mean) : "");
}

void add_relations(const UncertaintyResult& u, std::vector<std::string>& list) {
    for (const AnswerBands& answer : u.answers) {
        const FigureBand* holds = figure(answer, "self_enforcing");
        if (holds == nullptr || holds->band.draws == 0) continue;
        const bool point = holds->band.point.value_or(0.0) > 0.5;
        list.push_back(fmt::format(
            "\"{}\": with everything that is drawn, the agreement {}; by the parameters as they stand it {}.",
            answer.name, holds_in_draws(holds->band), point ? "holds" : "does not hold"));
    }
}

std::string quantile_columns(const Band& band, bool moments) {
    if (moments) return "";
    return fmt::format(" {:>10} {:>10} {:>10} {:>8.2f}", percent(band.value.quantile[0]),
                       percent(band.value.quantile[2]), percent(band.value.quantile[4]), band.value.positive);
}

std::string band_row(const std::string& name, const Band& band, bool moments) {
    return fmt::format("  {:<34} {:>10} {:>10} {:>9.4f}{} {:>8}\n", name, band.point ? percent(*band.point) : "-",
                       percent(band.value.mean), band.value.sd, quantile_columns(band, moments),
                       band.error ? fmt::format("{:.4f}", band.error->mean) : "-");
}

std::string head(const std::string& what, bool moments) {
    const std::string quantiles =
        moments ? "" : fmt::format(" {:>10} {:>10} {:>10} {:>8}", "5 %", "50 %", "95 %", "above 0");
    return fmt::format("  {:<34} {:>10} {:>10} {:>9}{} {:>8}\n", what, "point", "mean", "sd", quantiles, "error");
}

}  // namespace

std::vector<std::string> uncertainty_in_words(const StudyResult& run) {
    const UncertaintyResult& u = *run.uncertainty;
    if (!u.error.empty()) return {fmt::format("How sure results are was not answered: {}.", u.error)};
    std::vector<std::string> list = {fmt::format("Drawn, {}: {}.", how_drawn(u), fmt::join(inputs_in_words(u), "; "))};
    if (!u.left_out.empty())
        list.push_back(fmt::format("Not answered in draws, as the study asks: {}.", fmt::join(u.left_out, ", ")));
    add_failures(u, list);
    add_relations(u, list);
    return list;
}

std::vector<std::string> uncertainty_assumptions(const StudyResult& run) {
    const UncertaintyResult& u = *run.uncertainty;
    if (!u.error.empty()) return {};
    return {
        "Bands are about the parameters named with them alone: the model, its closure and the tables of the base are "
        "the "
        "same in every draw, and so are parameters that are not named.",
        "In draws wars, deals and best answers are looked for from the study's own, without the search for gains from "
        "elsewhere that certifies those."};
}

std::string uncertainty_text(const StudyResult& run) {
    const UncertaintyResult& u = *run.uncertainty;
    std::string out = "\nHow sure: results over draws of parameters\n" + wrapped(uncertainty_in_words(run));
    if (!u.error.empty()) return out;
    const bool moments = u.settings.method == DrawMethod::quadrature;
    for (const OutcomeBands& outcome : u.outcomes) {
        if (outcome.answered == 0) continue;
        out += "\n  " + outcome.name + "\n" + head("welfare, %", moments);
        std::vector<std::size_t> order;
        for (std::size_t j = 0; j < outcome.by_key[0].size(); ++j) order.push_back(j);
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return order.size() > most_rows &&
                   std::abs(outcome.by_key[0][a].value.mean) > std::abs(outcome.by_key[0][b].value.mean);
        });
        for (std::size_t k = 0; k < std::min<std::size_t>(order.size(), most_rows); ++k)
            out += band_row(run.base.world.regions[static_cast<int>(order[k])], outcome.by_key[0][order[k]], moments);
    }
    for (const AnswerBands& answer : u.answers) {
        if (answer.answered == 0) continue;
        out += "\n  " + answer.name + "\n" + head("figure", moments);
        for (const FigureBand& one : answer.figures) out += band_row(one.name, one.band, moments);
    }
    return out;
}

}  // namespace detente
