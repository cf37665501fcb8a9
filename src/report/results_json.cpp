#include "report/results_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "economy/elasticity_set.h"
#include "equilibrium/model_table.h"
#include "report/results.h"
#include "report/uncertainty_json.h"
#include "report/words.h"

namespace detente {
namespace {

// "first_order.welfare_percent" goes into a nested object.
void put(Json& object, const std::string& key, const std::optional<double>& value) {
    if (!value || !std::isfinite(*value)) return;
    const std::size_t dot = key.find('.');
    if (dot == std::string::npos) {
        object[key] = *value;
    } else {
        object[key.substr(0, dot)][key.substr(dot + 1)] = *value;
    }
}

Json certificate(const Certificate& c) {
    Json out;
    out["converged"] = c.converged;
    out["residual"] = c.residual;
    out["walras"] = c.walras;
    out["walras_condition"] = c.dropped;
    for (const auto& [block, value] : c.blocks) out["blocks"][block] = value;
    out["iterations"] = out["passes_over_trade"] = c.passes;  // the first is the older name, which readers rely on
    out["path_steps"] = c.path_steps;
    out["seconds"] = c.seconds;
    out["closure"] = c.closure;
    out["numeraire"] = c.numeraire;
    return out;
}

Json by_name(const IndexSet& names, const std::vector<double>& values, std::size_t offset) {
    Json out = Json::object();
    for (int i = 0; i < names.size(); ++i) out[names[i]] = 100.0 * values[offset + static_cast<std::size_t>(i)];
    return out;
}

// The published formula and the exact decomposition by partner and by sector.
Json detail(const World& w, const WelfarePart& part, int region) {
    Json out;
    out["by_partner_percent"] =
        by_name(w.regions, part.by_partner, static_cast<std::size_t>(region) * static_cast<std::size_t>(w.n_regions()));
    Json sectors = Json::object();
    for (int s = 0; s < w.n_sectors(); ++s) sectors[w.sectors[s]] = 100.0 * part.by_sector(region, s);
    out["by_sector_percent"] = sectors;
    return out;
}

// Not by std::stod, which throws on numbers below the smallest normal one: flows can be that small.
double rounded(double value) {
    const std::string text = fmt::format("{:.7g}", value);
    double nearest = value;
    std::from_chars(text.data(), text.data() + text.size(), nearest);
    return nearest;
}

// Services carry no tariffs as a rule: their means are given where they do.
void add_services(const StudyResult& run, const ScenarioResult* scenario, Json& out) {
    const auto rates = tariff_matrix(run, scenario, TariffLines::services);
    const bool any = std::any_of(rates.begin(), rates.end(), [](const std::vector<double>& row) {
        return std::any_of(row.begin(), row.end(), [](double rate) { return rate != 0.0; });
    });
    if (any) out["service_tariffs"] = seven_digits(rates);
}

}  // namespace

Json seven_digits(const std::vector<std::vector<double>>& matrix) {
    Json rows = Json::array();
    for (const std::vector<double>& row : matrix) {
        Json list = Json::array();
        for (const double value : row) list.push_back(rounded(value));
        rows.push_back(std::move(list));
    }
    return rows;
}

Json matrix_json(const Eigen::MatrixXd& m) {
    Json rows = Json::array();
    for (Eigen::Index i = 0; i < m.rows(); ++i) {
        Json row = Json::array();
        for (Eigen::Index j = 0; j < m.cols(); ++j) row.push_back(m(i, j));
        rows.push_back(row);
    }
    return rows;
}

Json opening_json(const Question& question, const Answer& answer) {
    Json out;
    if (!question.title.empty()) out["title"] = question.title;
    if (!question.description.empty()) out["description"] = question.description;
    out["status"] = answer.answered() ? "answered" : "failed";
    if (answer.answered())
        out["words"] = answer.words;
    else
        out["error"] = answer.error();
    return out;
}

namespace {

bool is_among(const std::vector<std::string>& names, const char* name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Json outcome_json(const StudyResult& run, const ScenarioResult& result, const std::vector<std::string>& without) {
    const World& w = run.base.world;
    Json out;
    if (!result.scenario.title.empty()) out["title"] = result.scenario.title;
    if (!result.scenario.description.empty()) out["description"] = result.scenario.description;
    out["from"] = result.scenario.from;
    for (const ScenarioSchedule& schedule : result.scenario.schedules)
        out["tariff_schedules"].push_back({{"name", schedule.name},
                                           {"title", schedule.title},
                                           {"date", schedule.date},
                                           {"kind", schedule.kind},
                                           {"status", schedule.announced ? "announced" : "known"},
                                           {"data_state", schedule.data_state},
                                           {"source", schedule.source}});
    out["status"] = result.answered ? "answered" : "failed";
    if (!result.answered) {
        out["error"] = result.error;
        return out;
    }
    for (int j = 0; j < w.n_regions(); ++j) {
        Json region = Json::object();
        for (const std::string& key : region_keys()) put(region, key, region_result(run, result, j, key));
        if (result.first_order) {
            region["first_order"]["terms_of_trade"] = detail(w, result.first_order->terms_of_trade, j);
            region["first_order"]["volume_of_trade"] = detail(w, result.first_order->volume_of_trade, j);
        }
        if (result.decomposition) {
            region["decomposition"]["terms_of_trade"] = detail(w, result.decomposition->terms_of_trade, j);
            region["decomposition"]["volume_of_trade"] = detail(w, result.decomposition->volume_of_trade, j);
        }
        out["regions"][w.regions[j]] = region;
    }
    for (const auto& [name, members] : region_groups(run)) {
        Json group = Json::object();
        for (const std::string& key : region_keys())
            if (key.find("percent") != std::string::npos) put(group, key, group_result(run, result, members, key));
        out["groups"][name] = group;
    }
    if (!is_among(without, "trade")) out["trade"] = seven_digits(trade_matrix(run, &result));
    if (!is_among(without, "tariffs")) {
        out["tariffs"] = seven_digits(tariff_matrix(run, &result));
        add_services(run, &result, out);
    }
    out["certificate"] = certificate(result.equilibrium.certificate);
    return out;
}

namespace {

// Imports less exports, net of tariffs.
double base_deficit(const World& w, int j) {
    double deficit = 0.0;
    for (int s = 0; s < w.n_sectors(); ++s)
        for (int i = 0; i < w.n_regions(); ++i)
            if (i != j) deficit += w.flow(i, j, s) - w.flow(j, i, s);
    return deficit;
}

}  // namespace

Json elasticities_json(const Economy& economy) {
    Json out = Json::object();
    for (const auto& [key, text] : {std::pair{"text", &economy.elasticities},
                                    {"set", &economy.elasticity_set},
                                    {"horizon", &economy.elasticity_horizon}})
        if (!text->empty()) out[key] = *text;
    if (const auto mean = mean_trade_elasticity(economy)) out["mean"] = *mean;
    return out;
}

Json base_json(const StudyResult& run) {
    const World& w = run.base.world;
    Json out = {{"certificate", certificate(run.base.certificate)},
                {"moved",
                 {{"trade_share", run.base.moved.trade_total},
                  {"largest_in_sector", run.base.moved.trade},
                  {"labour_income", run.base.moved.labour_income},
                  {"deficit", run.base.moved.deficit}}}};
    for (int j = 0; j < w.n_regions(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        out["regions"][w.regions[j]] = {{"income", w.income[at]},
                                        {"value_added", w.labour_income[at] + w.profit[at]},
                                        {"tariff_revenue", w.revenue[at]},
                                        {"transfer", w.transfer[at]},
                                        {"deficit", base_deficit(w, j)}};
        if (w.model().profits) out["regions"][w.regions[j]]["profit"] = w.profit[at];
    }
    out["trade"] = seven_digits(trade_matrix(run, nullptr));
    out["tariffs"] = seven_digits(tariff_matrix(run, nullptr));
    add_services(run, nullptr, out);
    return out;
}

namespace {

Json published_json(const StudyResult& run) {
    Json list = Json::array();
    for (const PublishedTable& table : run.study.published) {
        Json rows = Json::array();
        for (const PublishedRow& row : published_rows(run, table))
            rows.push_back({row.value.region, row.value.name, row.value.printed, row.formula_text, row.exact_text,
                            row.difference ? fmt::format("{:+.1e}", *row.difference) : "", row.agrees ? "yes" : "no"});
        list.push_back(
            {{"title", table.title},
             {"scenario", table.scenario},
             {"sentence", table.sentence},
             {"columns", {"region", "quantity", "published", "formula", "exact", "difference", "every printed digit"}},
             {"rows", rows}});
    }
    return list;
}

Json model_json(const ModelOptions& model) {
    Json out = {{"kind", model.model->name}, {"closure", to_string(model.closure)}};
    for (const ModelOption& option : model.model->options)
        std::visit([&](const auto& value) { out[option.name] = value; }, option.value(model));
    return out;
}

// How a claim fares under the study's variants.
void add_claim_variants(const StudyResult& run, std::size_t k, Json& out) {
    if (run.variants.empty()) return;
    const ClaimVariants of = claim_variants(run, k);
    out["robust"] = of.robust;
    for (const VariantAnswer& variant : run.variants)
        if (k < variant.claims.size()) out["variants"][variant.name] = to_string(variant.claims[k].verdict);
    out["variants_in_words"] = claim_variants_in_words(run, k);
}

Json claim_json(const StudyResult& run, std::size_t k) {
    const ClaimAnswer& a = run.claims[k];
    Json out = {{"text", a.text}, {"holds", a.holds}, {"verdict", to_string(a.verdict)}};
    add_claim_variants(run, k, out);
    if (a.at_least) out["at_least"] = *a.at_least;
    if (!a.reason.empty()) out["reason"] = a.reason;
    if (!a.rests_on.empty()) out["rests_on"] = a.rests_on;
    if (a.verdict == Verdict::undecided) return out;
    const DecidingComparison& d = a.truth.deciding;
    if (std::isfinite(a.truth.margin)) out["margin"] = a.truth.margin;
    out["deciding"] = {{"left_text", d.left_text},
                       {"left", d.left},
                       {"comparison", d.comparison},
                       {"right_text", d.right_text},
                       {"right", d.right}};
    out["overturn"] = a.overturn;
    return out;
}

Json variant_json(const VariantAnswer& a) {
    Json out = {{"name", a.name}};
    if (!a.title.empty()) out["title"] = a.title;
    if (!a.description.empty()) out["description"] = a.description;
    out["status"] = a.error.empty() ? "answered" : "failed";
    if (!a.error.empty()) {
        out["error"] = a.error;
        return out;
    }
    out["welfare_percent"] = Json::object();
    for (const VariantOutcome& outcome : a.outcomes) {
        if (!outcome.error.empty()) out["unanswered"].push_back(outcome.name + ": " + outcome.error);
        for (std::size_t j = 0; j < outcome.welfare_percent.size(); ++j)
            out["welfare_percent"][outcome.name][a.regions[static_cast<int>(j)]] = outcome.welfare_percent[j];
    }
    for (const std::string& failed : a.unanswered) out["unanswered"].push_back(failed);
    return out;
}

// Those with an equilibrium first, with their order: a reader goes through them as through scenarios.
void add_answers(const StudyResult& run, const Job& job, Json& results) {
    Json order = Json::array();
    for (const auto& answer : run.answers) {
        job.check();
        if (answer->kind->outcome == QuestionKind::Outcome::none) continue;
        answer->kind->add_json(run, *answer, results);
        order.push_back({{"kind", answer->kind->block}, {"name", answer->name()}});
    }
    if (!order.empty()) results["question_order"] = order;
    for (const auto& answer : run.answers)
        if (answer->kind->outcome == QuestionKind::Outcome::none) answer->kind->add_json(run, *answer, results);
}

// What the model takes as given of each sector, and what the economy says of where it comes from.
void add_elasticities(const Economy& e, Json& out) {
    for (const auto& [key, values] :
         {std::pair{"theta", &e.theta}, {"sigma", &e.sigma}, {"psi", &e.psi}, {"theta_log_sd", &e.theta_log_sd}})
        for (std::size_t s = 0; s < values->size(); ++s) out[key][e.sectors[static_cast<int>(s)]] = (*values)[s];
    if (Json from = elasticities_json(e); !from.empty()) out["elasticities"] = std::move(from);
    if (!e.note.empty()) out["note"] = e.note;
}

Json whole(const StudyResult& run, const Job& job) {
    const Economy& e = run.study.economy;
    Json out;
    out["version"] = 1;
    out["program"] = "detente " DETENTE_VERSION;
    out["study"] = {{"title", run.study.title},
                    {"file", std::filesystem::path(run.study.file).filename().string()},
                    {"description", run.study.description}};
    out["economy"] = {{"name", run.study.economy_name},
                      {"title", e.title},
                      {"year", e.year},
                      {"unit", e.unit},
                      {"source", e.source},
                      {"licence", e.licence},
                      {"regions", e.regions.names()},
                      {"sectors", e.sectors.names()},
                      {"sector_titles", e.sector_titles}};
    Json goods = Json::array();
    for (const int s : tariff_sectors(e, TariffLines::goods)) goods.push_back(e.sectors[s]);
    out["economy"]["goods"] = goods;
    add_elasticities(e, out["economy"]);
    out["model"] = model_json(run.study.model);
    out["model"]["tolerance"] = run.study.solver.tolerance;
    out["assumptions"] = assumptions_in_words(run);
    out["base"] = base_json(run);
    Json order = Json::array();
    out["scenarios"] = Json::object();
    for (const ScenarioResult& result : run.scenarios) {
        job.check();
        out["scenarios"][result.scenario.name] = outcome_json(run, result);
        order.push_back(result.scenario.name);
    }
    out["scenario_order"] = order;
    add_answers(run, job, out);
    const bool drawn = run.uncertainty && run.uncertainty->error.empty();
    for (std::size_t k = 0; k < run.claims.size(); ++k) {
        Json claim = claim_json(run, k);
        if (drawn) add_shares(run.uncertainty->claims[k], claim);
        out["claims"].push_back(std::move(claim));
    }
    if (run.uncertainty) out["uncertainty"] = uncertainty_json(run);
    for (const VariantAnswer& variant : run.variants) out["variants"].push_back(variant_json(variant));
    if (!run.study.published.empty()) out["references"] = published_json(run);
    return out;
}

// Takes what a clock said out of the certificates; what it leaves is the same for equal runs. Returned at the same
// addresses.
Json take_times(Json& node, bool of_certificate) {
    Json times = Json::object();
    if (!node.is_object()) return times;
    for (auto at = node.begin(); at != node.end();) {
        const bool time = of_certificate && (at.key() == "seconds" || at.key() == "war_seconds");
        if (time && at->is_number()) {
            times[at.key()] = *at;
            at = node.erase(at);
            continue;
        }
        Json inner = take_times(*at, at.key() == "certificate" || at.key() == "equilibrium_certificate");
        if (!inner.empty()) times[at.key()] = std::move(inner);
        ++at;
    }
    return times;
}

// Text that came in before anyone looked at its encoding must not lose what was solved.
std::string dumped(const Json& json) {
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

ResultsText results_text(const StudyResult& run, const Job& job) {
    Json results = whole(run, job);
    Json times = {{"seconds", run.seconds}};
    if (run.uncertainty) times["uncertainty"] = {{"seconds", run.uncertainty->seconds}};
    times.update(take_times(results, false));
    job.check();
    return {dumped(results), dumped(times)};
}

std::string results_json(const StudyResult& run) {
    return results_text(run).results;
}

std::string times_json(const StudyResult& run) {
    return results_text(run).times;
}

}  // namespace detente
