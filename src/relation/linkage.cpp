#include "relation/linkage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace detente {
namespace {

void check(const std::vector<Issue>& issues, const std::vector<double>& discount) {
    if (issues.empty()) throw_input({"", 0, "issues"}, "no issue is given");
    for (const Issue& issue : issues)
        if (issue.temptation.size() != discount.size() || issue.gain.size() != discount.size())
            throw_input({{"", 0, issue.name},
                         "sides do not fit",
                         fmt::format("{} temptations, {} gains", issue.temptation.size(), issue.gain.size()),
                         fmt::format("{}, one a discount factor", discount.size()),
                         ""});
    for (const double d : discount)
        if (!(d >= 0.0 && d < 1.0))
            throw_input(
                {{"", 0, "discount"}, "not a discount factor", fmt::format("{:g}", d), "at least 0 and below 1", ""});
}

// What a breach gains against what it loses; a difference that is rounding is none.
double slack_of(double weight, double gain, double temptation) {
    const double slack = weight * gain - temptation;
    return std::abs(slack) <= 1e-12 * (std::abs(weight * gain) + std::abs(temptation)) ? 0.0 : slack;
}

double critical_discount(double temptation, double gain) {
    if (temptation <= 0.0) return 0.0;
    if (gain <= 0.0) return 1.0;
    return temptation / (temptation + gain);
}

}  // namespace

Issue issue_of(const std::string& name, const StageGame& game, std::pair<int, int> agreement, std::pair<int, int> war) {
    for (const auto& [a, b] : {agreement, war})
        if (a < 0 || a >= game.n_a() || b < 0 || b >= game.n_b())
            throw_input({{"", 0, name}, "no such pair of actions", fmt::format("({}, {})", a, b), "", ""});
    const auto [ca, cb] = agreement;
    Issue out{name, {}, {}};
    out.temptation = {game.payoff_a.col(cb).maxCoeff() - game.payoff_a(ca, cb),
                      game.payoff_b.row(ca).maxCoeff() - game.payoff_b(ca, cb)};
    out.gain = {game.payoff_a(ca, cb) - game.payoff_a(war.first, war.second),
                game.payoff_b(ca, cb) - game.payoff_b(war.first, war.second)};
    return out;
}

Outsiders outsiders_of(const Challenge& challenge) {
    const bool linear =
        challenge.kind == ChallengeKind::aggregate_effort || challenge.kind == ChallengeKind::mutual_restraint;
    return linear ? Outsiders::alone : Outsiders::together;
}

Issue issue_of(const Challenge& challenge, std::size_t side_a, std::size_t side_b, double worth) {
    const std::size_t count = challenge.benefit.size();
    if (side_a >= count || side_b >= count || side_a == side_b)
        throw_input({{"", 0, challenge.name},
                     "the sides must be two of the contributors",
                     fmt::format("{} and {}", side_a, side_b),
                     "",
                     ""});
    Challenge played = challenge;
    if (outsiders_of(challenge) == Outsiders::alone) {
        // What outsiders do alone is the same in agreement and breakdown, and adds the same to both.
        played.benefit = {challenge.benefit[side_a], challenge.benefit[side_b]};
        played.cost = {challenge.cost[side_a], challenge.cost[side_b]};
        side_a = 0, side_b = 1;
    }
    const ChallengeReport report = solve_challenge(played);
    return {challenge.name,
            {worth * report.temptation[side_a], worth * report.temptation[side_b]},
            {worth * report.gain[side_a], worth * report.gain[side_b]}};
}

LinkageReport link_issues(const std::vector<Issue>& issues, const std::vector<double>& discount) {
    check(issues, discount);
    LinkageReport report;
    for (const Issue& issue : issues) report.issues.push_back({issue.name, {}, true, false, false});
    report.holds = true;
    bool all_alone = true;
    for (std::size_t side = 0; side < discount.size(); ++side) {
        const double weight = discount[side] / (1.0 - discount[side]);
        double temptation = 0.0, gain = 0.0;
        bool lack = false;
        for (std::size_t m = 0; m < issues.size(); ++m) {
            temptation += issues[m].temptation[side];
            gain += issues[m].gain[side];
            const double slack = slack_of(weight, issues[m].gain[side], issues[m].temptation[side]);
            report.issues[m].slack.push_back(slack);
            if (slack < 0.0) {
                report.issues[m].holds_alone = false;
                report.issues[m].needs_link = lack = true;
            }
        }
        // Slack carries only where the same side lacks it elsewhere.
        for (LinkedIssue& issue : report.issues)
            if (lack && issue.slack[side] > 0.0) issue.carries = true;
        all_alone = all_alone && !lack;
        report.pooled_slack.push_back(slack_of(weight, gain, temptation));
        report.pooled_critical_discount.push_back(critical_discount(temptation, gain));
        report.holds = report.holds && report.pooled_slack.back() >= 0.0;
    }
    report.link_helps = report.holds && !all_alone;
    return report;
}

}  // namespace detente
