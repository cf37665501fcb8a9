#include "strategy/cooperation.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlopt.hpp>

#include "base/progress.h"
#include "strategy/cooperation_constraints.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;

constexpr double no_equilibrium = 1e3;  // what constraints miss where there is none, in shares

// The objective s, and the constraints in NLopt's layout: [constraint][variable].
double share_of(const std::vector<double>& y, std::vector<double>& slope, void* data) {
    const auto& constraints = *static_cast<CooperationConstraints*>(data);
    std::fill(slope.begin(), slope.end(), 0.0);
    if (!slope.empty()) slope[static_cast<std::size_t>(constraints.lines())] = 1.0;
    return constraints.share(y);
}

void misses_of(unsigned count, double* result, unsigned variables, const double* y, double* slope, void* data) {
    auto& constraints = *static_cast<CooperationConstraints*>(data);
    const CooperationPoint& point = constraints.evaluate(std::vector<double>(y, y + variables));
    MatrixXd by_constraint = MatrixXd::Zero(variables, count);
    const ArrayXd miss =
        point.solved ? constraints.misses(point, &by_constraint) : ArrayXd(ArrayXd::Constant(count, no_equilibrium));
    std::copy(miss.data(), miss.data() + count, result);
    if (slope != nullptr) std::copy(by_constraint.data(), by_constraint.data() + by_constraint.size(), slope);
}

std::vector<double> as_list(const ArrayXd& array) {
    return {array.data(), array.data() + array.size()};
}

}  // namespace

class CooperationProgram::Search {
public:
    Search(const World& world, const Shock& agreement, const Shock& war, std::vector<Player> governments,
           const CooperationOptions& options)
        : world_(world),
          options_(options),
          constraints_(world, agreement, war, std::move(governments)),
          start_(constraints_.point(constraints_.agreement_shock())) {}

    CooperativeTariffs at(const std::vector<double>& discount);
    void start_from(const Shock& shock) { start_ = constraints_.point(shock); }
    const CooperationConstraints& constraints() const { return constraints_; }

private:
    void climb();
    void report(const Shock& shock, CooperativeTariffs& out);
    void check_breaches(CooperativeTariffs& out);
    bool war_is_stable() const;
    bool passes_check(const CooperationCertificate& c) const {
        return c.violation <= options_.tolerance && 0.5 * c.stationarity * c.stationarity <= options_.tolerance;
    }

    const World& world_;
    CooperationOptions options_;
    CooperationConstraints constraints_;
    std::vector<double> start_;
};

void CooperationProgram::Search::climb() {
    const std::vector<double> low = constraints_.lower(), high = constraints_.upper();
    for (std::size_t k = 0; k < start_.size(); ++k) start_[k] = std::clamp(start_[k], low[k], high[k]);
    nlopt::opt solver(nlopt::LD_SLSQP, static_cast<unsigned>(start_.size()));
    solver.set_lower_bounds(low);
    solver.set_upper_bounds(high);
    solver.set_max_objective(share_of, &constraints_);
    solver.add_inequality_mconstraint(
        misses_of, &constraints_,
        std::vector<double>(static_cast<std::size_t>(constraints_.count()), 0.01 * options_.tolerance));
    solver.set_ftol_abs(1e-3 * options_.tolerance);
    solver.set_maxeval(options_.max_evaluations);
    double share = constraints_.share(start_);
    try {
        solver.optimize(start_, share);
    } catch (const std::runtime_error&) {
        // Rounding, or an interruption: as far as it came; the certificate tells.
        if (interrupted()) throw Interrupted();
    }
    // What comes back is the best of the points within the tolerance of the constraints; where the search came to rest
    // just outside, that can be the start.
    const CooperationPoint& last = constraints_.last();
    if (last.solved && constraints_.share(last.y) > share && constraints_.misses(last).maxCoeff() <= options_.tolerance)
        start_ = last.y;
}

void CooperationProgram::Search::report(const Shock& shock, CooperativeTariffs& out) {
    out.shock = shock;
    out.equilibrium = solve(world_, shock);
    out.utility.clear(), out.means.clear();
    for (const Player& player : constraints_.governments()) {
        out.utility.push_back(utility(world_, out.equilibrium, player.objective));
        out.means.push_back(tariff_means(world_, tariff_blocks(world_, player.instruments, 0), shock.tariff,
                                         player.instruments.importer));
    }
    check_breaches(out);
}

// Best answers found anew, from the tariffs in force and from none.
void CooperationProgram::Search::check_breaches(CooperativeTariffs& out) {
    Shock broken = out.shock;
    broken.transfer.clear();
    out.best_answer.clear(), out.slack.clear();
    out.certificate.violation = 0.0;
    for (std::size_t p = 0; p < out.utility.size(); ++p) {
        const Player& player = constraints_.governments()[p];
        const auto at = static_cast<Index>(p);
        OptimumOptions how;
        how.probes = 0, how.starts = 2, how.threads = options_.threads;
        const Optimum best = optimal_policy(world_, broken, player.objective, player.instruments, how);
        const double keep = constraints_.discount()[at], u = out.utility[p];
        const double slack =
            (keep * (u - constraints_.war()[at]) - (1.0 - keep) * (best.utility - u)) / constraints_.gain()[at];
        out.best_answer.push_back(best.utility), out.slack.push_back(slack);
        out.certificate.violation = std::max(out.certificate.violation, -slack);
        // Another local maximum: the search goes on with that.
        if (constraints_.last().solved && best.utility > constraints_.last().best[at] + 1e-9)
            constraints_.set_reply(p, best.shock.tariff);
    }
}

bool CooperationProgram::Search::war_is_stable() const {
    for (Index p = 0; p < constraints_.players(); ++p) {
        const Player& player = constraints_.governments()[static_cast<std::size_t>(p)];
        OptimumOptions how;
        how.probes = 0;
        const Optimum best =
            optimal_policy(world_, constraints_.war_shock(), player.objective, player.instruments, how);
        if (best.utility - constraints_.war()[p] > options_.tolerance * constraints_.gain()[p]) return false;
    }
    return true;
}

CooperativeTariffs CooperationProgram::Search::at(const std::vector<double>& discount) {
    const auto began = std::chrono::steady_clock::now();
    if (static_cast<Index>(discount.size()) != constraints_.players())
        throw Error(ErrorKind::input, "the most cooperative tariffs need a discount factor for each player");
    for (const double delta : discount)
        if (!(delta >= 0.0 && delta <= 1.0))
            throw Error(ErrorKind::input, fmt::format("a discount factor is {}; it must lie in [0, 1]", delta));
    constraints_.set_discount(Eigen::Map<const ArrayXd>(discount.data(), constraints_.players()), start_);
    const int passes = constraints_.passes(), evaluations = constraints_.evaluations();
    CooperativeTariffs out;
    CooperationCertificate& certificate = out.certificate;
    ArrayXd multiplier = ArrayXd::Zero(constraints_.count());
    if (constraints_.discount().maxCoeff() == 0.0 && war_is_stable()) {
        // Without a future only best answers to best answers hold, and the war is that.
        report(constraints_.war_shock(), out);
        start_ = constraints_.point(out.shock);
    }
    constexpr int rounds = 4;
    for (int round = 0; round < rounds && (round == 0 ? out.utility.empty() : !passes_check(certificate)); ++round) {
        climb();
        const CooperationPoint point = constraints_.evaluate(start_);
        if (!point.solved)
            throw Error(ErrorKind::solve,
                        "the most cooperative tariffs were not found: the search came to tariffs without an "
                        "equilibrium; try narrower bounds");
        certificate.stationarity = constraints_.stationarity(point, multiplier);
        out.share = constraints_.share(point.y);
        report(constraints_.shock(point.y), out);
    }
    certificate.converged = passes_check(certificate);
    out.shadow_price = as_list(multiplier.tail(constraints_.players()));
    certificate.evaluations = constraints_.evaluations() - evaluations;
    certificate.passes = constraints_.passes() - passes;
    certificate.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (!certificate.converged)
        throw Error(ErrorKind::solve,
                    fmt::format("the most cooperative tariffs were not found: a breach would gain {:.2g} of what the "
                                "agreement does, and the conditions of the program are missed by {:.2g}; try narrower "
                                "bounds or fewer lines",
                                certificate.violation, certificate.stationarity));
    return out;
}

CooperationProgram::CooperationProgram(const World& world, const Shock& agreement, const Shock& war,
                                       std::vector<Player> players, const CooperationOptions& options)
    : search_(std::make_unique<Search>(world, agreement, war, std::move(players), options)) {}
CooperationProgram::~CooperationProgram() = default;
CooperationProgram::CooperationProgram(CooperationProgram&&) noexcept = default;

CooperativeTariffs CooperationProgram::at(const std::vector<double>& discount) {
    return search_->at(discount);
}
void CooperationProgram::start_from(const Shock& shock) {
    search_->start_from(shock);
}
std::vector<double> CooperationProgram::war_utility() const {
    return as_list(search_->constraints().war());
}
std::vector<double> CooperationProgram::agreement_utility() const {
    return as_list(search_->constraints().war() + search_->constraints().gain());
}

std::vector<double> CooperationProgram::critical_discount(const CooperativeTariffs& tariffs) const {
    std::vector<double> list;
    const CooperationConstraints& c = search_->constraints();
    for (std::size_t p = 0; p < tariffs.utility.size(); ++p) {
        const auto at = static_cast<Index>(p);
        const double temptation = tariffs.best_answer[p] - tariffs.utility[p];
        constexpr double nothing = 1e-8;  // of the gain
        list.push_back(temptation > nothing * c.gain()[at]
                           ? std::min(1.0, temptation / (tariffs.best_answer[p] - c.war()[at]))
                           : 0.0);
    }
    return list;
}

}  // namespace detente
