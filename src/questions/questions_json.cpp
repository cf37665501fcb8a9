#include <cmath>

#include "questions/answers.h"
#include "report/results_json.h"

namespace detente {
Json matrix_json(const Eigen::MatrixXd& m) {
    Json rows = Json::array();
    for (Eigen::Index i = 0; i < m.rows(); ++i) {
        Json row = Json::array();
        for (Eigen::Index j = 0; j < m.cols(); ++j) row.push_back(m(i, j));
        rows.push_back(row);
    }
    return rows;
}

namespace {

double percent(double hat) {
    return 100.0 * (hat - 1.0);
}

Json head(const StudyResult& run, const Answer& a) {
    Json out = outcome_json(run, a.outcome);
    out["words"] = a.words;
    return out;
}

Json means_json(const TariffMeans& means) {
    return {{"mean_tariff", means.simple},
            {"trade_weighted_tariff", means.trade_weighted},
            {"median_tariff", means.median}};
}

// Rates of one government on the sectors it sets, exporter by sector, with those in the base: a heat map.
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

Json optimal_json(const StudyResult& run, const OptimalAnswer& a) {
    Json out = head(run, a);
    const Player& player = a.question.player;
    out["player"] = run.base.world.regions[player.objective.region];
    if (!a.outcome.answered) return out;
    const OptimumCertificate& c = a.optimum.certificate;
    out["welfare_percent"] =
        percent(a.optimum.equilibrium.welfare_hat[static_cast<std::size_t>(player.objective.region)]);
    out["utility_percent"] = percent(a.optimum.utility);
    out["start_utility_percent"] = percent(a.optimum.start_utility);
    out.update(means_json(a.optimum.means));
    out["schedules"] = Json::array({schedule_json(run, player.instruments, a.optimum.shock.tariff)});
    Json certificate = {{"converged", c.converged},
                        {"step", c.step},
                        {"projected_gradient", c.projected_gradient},
                        {"probe_gain_percent", 100.0 * c.probe_gain},
                        {"probes", c.probes},
                        {"starts", c.starts},
                        {"distinct_optima", c.distinct},
                        {"sweeps", c.sweeps},
                        {"passes_over_trade", c.passes},
                        {"seconds", c.seconds}};
    out["equilibrium_certificate"] = out["certificate"];
    out["certificate"] = certificate;
    return out;
}

Json nash_json(const StudyResult& run, const NashAnswer& a) {
    Json out = head(run, a);
    const World& w = run.base.world;
    if (!a.outcome.answered) return out;
    const NashCertificate& c = a.war.certificate;
    Json schedules = Json::array();
    for (std::size_t p = 0; p < a.war.players.size(); ++p) {
        const Player& player = a.question.players[p];
        const PlayerOutcome& o = a.war.players[p];
        Json row = {{"welfare_percent",
                     percent(a.war.equilibrium.welfare_hat[static_cast<std::size_t>(player.objective.region)])},
                    {"utility_percent", percent(o.utility)},
                    {"start_utility_percent", percent(o.start_utility)},
                    {"gap", o.gap}};
        row.update(means_json(o.means));
        out["players"][w.regions[player.objective.region]] = row;
        schedules.push_back(schedule_json(run, player.instruments, a.war.shock.tariff));
    }
    out["schedules"] = schedules;
    if (a.best_responses) {
        Json curves = {{"rate", a.best_responses->rate}};
        for (std::size_t p = 0; p < 2; ++p)
            curves["response"][w.regions[a.question.players[p].objective.region]] = a.best_responses->response[p];
        out["best_responses"] = curves;
    }
    out["equilibrium_certificate"] = out["certificate"];
    out["certificate"] = {{"converged", c.converged},
                          {"gap", c.gap},
                          {"step", c.step},
                          {"deviations", c.deviations},
                          {"starts", c.starts},
                          {"finished", c.finished},
                          {"failed", c.failed},
                          {"equilibria", c.equilibria},
                          {"sweeps", c.sweeps},
                          {"passes_over_trade", c.passes},
                          {"war_seconds", c.war_seconds},
                          {"seconds", c.seconds}};
    return out;
}

Json talks_json(const StudyResult& run, const TalksAnswer& a) {
    Json out = head(run, a);
    const World& w = run.base.world;
    const TalksQuestion& q = a.question;
    out["method"] = q.frontier_only ? "frontier" : to_string(q.method);
    out["threat"] = q.threat;
    if (!a.outcome.answered) return out;
    Json schedules = Json::array();
    for (std::size_t p = 0; p < q.players.size(); ++p) {
        const Player& player = q.players[p];
        Json row = {{"welfare_percent",
                     percent(a.talks.equilibrium.welfare_hat[static_cast<std::size_t>(player.objective.region)])},
                    {"utility_percent", percent(a.talks.utility[p])},
                    {"threat_percent", percent(a.threat[p])},
                    {"in_force_percent", percent(a.in_force[p])},
                    {"weight", a.talks.weight[p]},
                    {"transfer", a.talks.transfer[p]}};
        if (!a.talks.ideal.empty()) row["ideal_percent"] = percent(a.talks.ideal[p]);
        row.update(means_json(a.talks.means[p]));
        out["players"][w.regions[player.objective.region]] = row;
        schedules.push_back(schedule_json(run, player.instruments, a.talks.shock.tariff));
    }
    out["schedules"] = schedules;
    out["everyone_gains"] = a.talks.everyone_gains;
    if (!a.frontier.empty()) {
        Json points = Json::array();
        for (const FrontierPoint& point : a.frontier)
            points.push_back({percent(point.utility[0]), percent(point.utility[1])});
        out["frontier_percent"] = points;
    }
    const TalksCertificate& c = a.talks.certificate;
    out["equilibrium_certificate"] = out["certificate"];
    out["certificate"] = {{"converged", c.converged},
                          {"bargaining", c.bargaining},
                          {"step", c.step},
                          {"projected_gradient", c.projected_gradient},
                          {"pareto_gain_percent", 100.0 * c.pareto_gain},
                          {"probes", c.probes},
                          {"sweeps", c.sweeps},
                          {"passes_over_trade", c.passes},
                          {"seconds", c.seconds}};
    return out;
}

Json common_ground_json(const StudyResult& run, const CommonGroundAnswer& a) {
    Json out = head(run, a);
    const World& w = run.base.world;
    const CommonGroundQuestion& q = a.question;
    out["settlement"] = q.settlement;
    if (!a.outcome.answered) return out;
    out["found"] = a.ground.found;
    const auto by_player = [&](const std::vector<double>& utility) {
        Json row = Json::object();
        for (std::size_t p = 0; p < q.players.size(); ++p) row[w.regions[q.players[p].region]] = percent(utility[p]);
        return row;
    };
    for (std::size_t k = 0; k < q.issues.size(); ++k)
        out["issues"].push_back({{"name", q.issues[k].name},
                                 {"settled", a.ground.settled[k] != 0},
                                 {"alone_utility_percent", by_player(a.ground.alone[k])}});
    out["status_quo_utility_percent"] = by_player(a.ground.status_quo);
    out["utility_percent"] = by_player(a.ground.utility);
    out["all_utility_percent"] = by_player(a.ground.all);
    out["equilibrium_certificate"] = out["certificate"];
    out["certificate"] = {{"method", a.ground.method},
                          {"proved", a.ground.proved},
                          {"equilibria", a.ground.equilibria},
                          {"relaxed_gain_percent", 100.0 * a.ground.relaxed_gain},
                          {"seconds", a.ground.seconds}};
    return out;
}

Json game_json(const StudyResult& run, const ShapeAnswer& a) {
    Json out = head(run, a);
    if (!a.outcome.answered) return out;
    const StageGame& g = a.game;
    out["policies"] = g.actions_a.names();
    out["cooperate"] = a.question.cooperate, out["war"] = a.question.war;
    out["unit"] = g.unit;
    out["payoffs"][g.player_a] = matrix_json(g.payoff_a);
    out["payoffs"][g.player_b] = matrix_json(g.payoff_b);
    for (std::size_t k = 0; k < g.bystanders.size(); ++k)
        out["payoffs"][g.bystanders[k]] = matrix_json(g.bystander_payoff[k]);
    for (const Side side : sides) {
        const std::string& who = player(g, side);
        out["game_class"][who] = to_string(game_class(g, a.roles, side));
        const auto& critical = a.critical_discount[side == Side::a ? 0 : 1];
        if (critical) out["critical_discount"][who] = *critical;
        const double rho = relative_gains_threshold(g, a.roles, side);
        if (std::isfinite(rho)) out["relative_gains_threshold"][who] = rho;
    }
    out["coco"] = {{g.player_a, a.coco.a}, {g.player_b, a.coco.b}};
    out["conflict_share"] = a.conflict_share;
    return out;
}

}  // namespace

void add_questions(const StudyResult& run, Json& results) {
    Json order = Json::array();
    const auto add = [&](const char* kind, const auto& answers, const auto& make) {
        for (const auto& a : answers) {
            results[kind][a.outcome.scenario.name] = make(run, a);
            order.push_back({{"kind", kind}, {"name", a.outcome.scenario.name}});
        }
    };
    add("optimal", run.answers->optimal, optimal_json);
    add("nash", run.answers->nash, nash_json);
    add("talks", run.answers->talks, talks_json);
    add("common_ground", run.answers->common_ground, common_ground_json);
    add("game", run.answers->game, game_json);
    if (!order.empty()) results["question_order"] = order;
}

}  // namespace detente
