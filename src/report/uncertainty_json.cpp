#include "report/uncertainty_json.h"

#include <cmath>

#include "report/uncertainty_words.h"

namespace detente {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* quantile_keys[] = {"p05", "p25", "p50", "p75", "p95"};

// Of a quadrature only mean and spread mean anything.
Json values_json(const BandValues& values, bool moments_alone) {
    Json out = {{"mean", values.mean}, {"sd", values.sd}};
    if (moments_alone) return out;
    for (std::size_t q = 0; q < band_levels.size(); ++q) out[quantile_keys[q]] = values.quantile[q];
    out["positive"] = values.positive;
    return out;
}

Json band_json(const Band& band, bool moments_alone) {
    Json out = {{"draws", band.draws}};
    if (band.point) out["point"] = *band.point;
    if (band.draws > 0) out.update(values_json(band.value, moments_alone));
    if (band.error) out["error"] = values_json(*band.error, moments_alone);
    return out;
}

Json failures_json(const DrawFailures& failures) {
    Json list = Json::array();
    for (const auto& [reason, draws] : failures) list.push_back({{"reason", reason}, {"draws", draws}});
    return list;
}

Json drivers_json(const UncertaintyResult& u, const std::vector<Driver>& drivers) {
    Json list = Json::array();
    for (const Driver& driver : drivers)
        list.push_back({{"input", u.inputs[driver.input].name}, {"share", driver.share}});
    return list;
}

template <class Bands>
Json counts_json(const Bands& bands) {
    return {{"answered", bands.answered}, {"failed", bands.failed}, {"failures", failures_json(bands.failures)}};
}

Json outcome_json(const StudyResult& run, const UncertaintyResult& u, const OutcomeBands& outcome, bool moments) {
    Json out = counts_json(outcome);
    out["regions"] = Json::object();
    for (int j = 0; j < run.base.world.n_regions(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        const std::string& region = run.base.world.regions[j];
        for (std::size_t k = 0; k < u.keys.size(); ++k)
            if (outcome.by_key[k][at].draws > 0)
                out["regions"][region][u.keys[k]] = band_json(outcome.by_key[k][at], moments);
        if (!outcome.drivers[at].empty()) out["drivers"][region] = drivers_json(u, outcome.drivers[at]);
    }
    return out;
}

Json answer_json(const UncertaintyResult& u, const AnswerBands& answer, bool moments) {
    Json out = {{"kind", answer.block}};
    out.update(counts_json(answer));
    out["figures"] = Json::object();
    for (const FigureBand& figure : answer.figures) {
        out["figures"][figure.name] = band_json(figure.band, moments);
        if (!figure.drivers.empty()) out["drivers"][figure.name] = drivers_json(u, figure.drivers);
    }
    return out;
}

}  // namespace

Json uncertainty_json(const StudyResult& run) {
    const UncertaintyResult& u = *run.uncertainty;
    const bool moments = u.settings.method == DrawMethod::quadrature;
    Json out = {{"status", u.error.empty() ? "answered" : "failed"}, {"method", to_string(u.settings.method)}};
    if (!u.error.empty()) {
        out["error"] = u.error;
        return out;
    }
    out["draws"] = u.draws, out["failed"] = u.failed, out["failures"] = failures_json(u.failures);
    if (!moments) out["seed"] = u.settings.seed;
    out["replicates"] = u.replicates;
    out["quantiles"] = moments ? "none" : u.exact_quantiles ? "sorted" : "p2";
    out["drivers"] = to_string(u.drivers);
    out["left_out"] = u.left_out;
    out["keys"] = u.keys;
    Json inputs = Json::array();
    for (const UncertainInput& input : u.inputs)
        inputs.push_back({{"name", input.name}, {"label", input.label}, {"distribution", input.distribution.text()}});
    out["inputs"] = inputs;
    Json order = Json::array();
    out["outcomes"] = out["answers"] = Json::object();
    for (const OutcomeBands& outcome : u.outcomes) {
        order.push_back(outcome.name);
        out["outcomes"][outcome.name] = outcome_json(run, u, outcome, moments);
    }
    out["outcome_order"] = order;
    for (const AnswerBands& answer : u.answers) out["answers"][answer.name] = answer_json(u, answer, moments);
    out["words"] = uncertainty_in_words(run);
    return out;
}

void add_shares(const ClaimShares& shares, Json& claim) {
    const double all = shares.holds + shares.fails + shares.negligible + shares.undecided + shares.failed;
    claim["share_of_draws"] = {{"holds", shares.holds / all},
                               {"fails", shares.fails / all},
                               {"negligible", shares.negligible / all},
                               {"undecided", shares.undecided / all},
                               {"failed", shares.failed / all}};
    claim["in_draws"] = shares.verdict;
}

}  // namespace detente
