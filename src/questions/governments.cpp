#include "questions/governments.h"

#include <fmt/format.h>

#include <cmath>

#include "reading/question_reader.h"
#include "report/results_json.h"

namespace detente {

std::vector<Player> read_governments(TomlReader& block, const Study& study, const std::vector<int>& players) {
    const std::vector<double> relative = by_player(block, "relative_gains", study, players, 0.0);
    std::vector<Player> list;
    for (std::size_t p = 0; p < players.size(); ++p) {
        Player player;
        player.objective.region = players[p];
        player.objective.political_weight = read_weights(block, study, players[p]);
        player.objective.relative_gains = checked_relative_gains(relative[p], block.place("relative_gains"));
        for (const int rival : players)
            if (rival != players[p] && player.objective.relative_gains > 0.0) player.objective.rivals.push_back(rival);
        player.instruments = read_instruments(block, study, players[p], players, false);
        list.push_back(player);
    }
    return list;
}

std::vector<double> utilities(const StudyResult& run, const std::string& name, const std::vector<Player>& players) {
    std::vector<double> list;
    list.reserve(players.size());
    for (const Player& player : players)
        list.push_back(utility(run.base.world, need_outcome(run, name).equilibrium, player.objective));
    return list;
}

std::vector<int> regions_of(const std::vector<Player>& players) {
    std::vector<int> list;
    list.reserve(players.size());
    for (const Player& player : players) list.push_back(player.objective.region);
    return list;
}

void settle(Answer& answer, const Shock& shock, const Equilibrium& equilibrium) {
    answer.outcome.shock = shock;
    answer.outcome.equilibrium = equilibrium;
}

std::string region_name(const StudyResult& run, int region) {
    return run.base.world.regions[region];
}

std::string rate_text(double rate) {
    return fmt::format("{:.1f} %", 100.0 * rate);
}

double percent_of(double hat) {
    return 100.0 * (hat - 1.0);
}

Json answer_json(const StudyResult& run, const Answer& a) {
    Json out = outcome_json(run, a.outcome);
    out["words"] = a.words;
    return out;
}

void add_objective(const StudyResult& run, const Objective& objective, Json& out) {
    const World& w = run.base.world;
    if (objective.relative_gains > 0.0) {
        out["relative_gains"] = objective.relative_gains;
        for (const int rival : objective.rivals) out["rivals"].push_back(w.regions[rival]);
    }
    for (std::size_t s = 0; s < objective.political_weight.size(); ++s)
        out["political_weights"][w.sectors[static_cast<int>(s)]] = objective.political_weight[s];
}

void add_figures(const StudyResult& run, int region, double utility, const TariffMeans& means,
                 std::vector<AnswerFigure>& figures) {
    const std::string who = "." + region_name(run, region);
    figures.push_back({"utility_percent" + who, percent_of(utility)});
    figures.push_back({"trade_weighted_tariff_percent" + who, 100.0 * means.trade_weighted});
}

Json means_json(const TariffMeans& means) {
    return {{"mean_tariff", means.simple},
            {"trade_weighted_tariff", means.trade_weighted},
            {"median_tariff", means.median}};
}

Json schedule_json(const StudyResult& run, const Instruments& instruments, const TradeTensor& tariff) {
    const World& w = run.base.world;
    Json exporters = Json::array(), sectors = Json::array(), rates = Json::array(), base = Json::array();
    for (const int s : instruments.sectors) sectors.push_back(w.sectors[s]);
    for (const int i : instruments.exporters) {
        exporters.push_back(w.regions[i]);
        Json row = Json::array(), before = Json::array();
        for (const int s : instruments.sectors) {
            const bool traded = w.share(i, instruments.importer, s) > 0.0;
            row.push_back(traded ? Json(tariff(i, instruments.importer, s)) : Json());
            before.push_back(traded ? Json(w.tariff(i, instruments.importer, s)) : Json());
        }
        rates.push_back(row), base.push_back(before);
    }
    return {{"importer", w.regions[instruments.importer]},
            {"form", to_string(instruments.form)},
            {"bounds", {instruments.lower, instruments.upper}},
            {"exporters", exporters},
            {"sectors", sectors},
            {"rates", rates},
            {"base_rates", base}};
}

void put_certificate(Json& out, Json certificate) {
    out["equilibrium_certificate"] = out["certificate"];
    out["certificate"] = std::move(certificate);
}

std::string player_head(const std::string& last) {
    return fmt::format("  {:<12} {:>12} {:>14} {:>14} {:>14}  {}\n", "player", "utility %", "mean tariff %",
                       "by trade %", "median %", last);
}

std::string player_row(const StudyResult& run, int region, double utility, const TariffMeans& means,
                       const std::string& last) {
    return fmt::format("  {:<12} {:>12} {:>14} {:>14} {:>14}  {}\n", run.base.world.regions[region],
                       fmt::format("{:+.4f}", percent_of(utility)), fmt::format("{:.2f}", 100.0 * means.simple),
                       fmt::format("{:.2f}", 100.0 * means.trade_weighted), fmt::format("{:.2f}", 100.0 * means.median),
                       last);
}

}  // namespace detente
