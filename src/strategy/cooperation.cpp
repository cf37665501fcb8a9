#include "strategy/cooperation.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <nlopt.hpp>
#include <optional>

#include "strategy/cooperation_constraints.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Values = std::vector<double>;

constexpr double no_equilibrium = 1e3;  // what constraints miss where there is none, in shares

// What NLopt calls. An exception must not pass through it: it is kept, and the search ends.
struct Call {
    CooperationConstraints* constraints;
    nlopt::opt* solver;
    std::exception_ptr failure;
};

double aim_of(const Values& y, Values& slope, void* data) {
    const CooperationConstraints& constraints = *static_cast<Call*>(data)->constraints;
    std::fill(slope.begin(), slope.end(), 0.0);
    if (!slope.empty()) slope[static_cast<std::size_t>(constraints.n_tariffs())] = 1.0;
    return constraints.aim(y);
}

// The constraints in NLopt's layout: [constraint][variable].
void misses_of(unsigned count, double* result, unsigned variables, const double* y, double* slope, void* data) {
    Call& call = *static_cast<Call*>(data);
    MatrixXd by_constraint = MatrixXd::Zero(variables, count);
    ArrayXd miss = ArrayXd::Constant(count, no_equilibrium);
    try {
        const CooperationPoint& point = call.constraints->evaluate(Values(y, y + variables));
        if (point.solved) miss = call.constraints->misses(point, &by_constraint);
    } catch (...) {
        call.failure = std::current_exception();
        call.solver->force_stop();
    }
    std::copy(miss.data(), miss.data() + count, result);
    if (slope != nullptr) std::copy(by_constraint.data(), by_constraint.data() + by_constraint.size(), slope);
}

Values as_list(const ArrayXd& array) {
    return {array.data(), array.data() + array.size()};
}

}  // namespace

class CooperationProgram::Search {
public:
    Search(const World& world, const Shock& agreement, const Shock& war, std::vector<Player> governments,
           const CooperationOptions& options)
        : world_(world),
          options_(options),
          constraints_(world, agreement, war, std::move(governments), options.solver),
          start_(constraints_.agreement_shock()) {
        if (constraints_.n_tariffs() > most_tariffs)
            throw Error(ErrorKind::input,
                        fmt::format("the most cooperative tariffs are for up to {} rates, and the instruments have {}; "
                                    "choose fewer lines or another form",
                                    most_tariffs, constraints_.n_tariffs()));
    }

    CooperativeTariffs at(const Values& discount);
    void start_from(const Shock& shock) { start_ = shock; }
    const CooperationConstraints& constraints() const { return constraints_; }

private:
    Values climb(Values y);
    void without_future(CooperativeTariffs& out);
    void search(CooperativeTariffs& out);
    bool search_from(Values y, CooperativeTariffs& out);
    std::optional<Values> feasible_from(const Shock& shock);
    void report(const Shock& shock, CooperativeTariffs& out);
    bool adopt_replies();
    bool passes_check(const CooperationCertificate& c) const {
        return c.violation <= options_.tolerance && 0.5 * c.stationarity * c.stationarity <= options_.tolerance;
    }

    const World& world_;
    CooperationOptions options_;
    CooperationConstraints constraints_;
    Shock start_;
    std::vector<Optimum> best_;  // answers of the last report
};

Values CooperationProgram::Search::climb(Values y) {
    const Values low = constraints_.lower(), high = constraints_.upper();
    for (std::size_t k = 0; k < y.size(); ++k) y[k] = std::clamp(y[k], low[k], high[k]);
    nlopt::opt solver(nlopt::LD_SLSQP, static_cast<unsigned>(y.size()));
    Call call{&constraints_, &solver, nullptr};
    solver.set_lower_bounds(low);
    solver.set_upper_bounds(high);
    solver.set_max_objective(aim_of, &call);
    solver.add_inequality_mconstraint(
        misses_of, &call, Values(static_cast<std::size_t>(constraints_.n_constraints()), 0.01 * options_.tolerance));
    solver.set_ftol_abs(1e-3 * options_.tolerance);
    solver.set_maxeval(options_.max_evaluations);
    double reached = constraints_.aim(y);
    try {
        solver.optimize(y, reached);
    } catch (const nlopt::forced_stop&) {
        // What stopped it follows below.
    } catch (const std::runtime_error&) {
        // Rounding: as far as it came; the certificate tells.
    }
    if (call.failure) std::rethrow_exception(call.failure);
    // What comes back is the best of the points within the tolerance of the constraints; where the search came to rest
    // just outside, that can be the start.
    const CooperationPoint& last = constraints_.last();
    if (last.solved && constraints_.aim(last.y) > reached && constraints_.misses(last).maxCoeff() <= options_.tolerance)
        y = last.y;
    return y;
}

// What holds is checked anew: best answers from the tariffs in force and from none.
void CooperationProgram::Search::report(const Shock& shock, CooperativeTariffs& out) {
    out.shock = shock;
    out.equilibrium = solve(world_, shock, options_.solver);
    out.utility.clear(), out.means.clear(), out.best_answer.clear(), out.slack.clear(), best_.clear();
    out.certificate.violation = 0.0;
    out.share = most_share;
    Shock broken = shock;
    broken.payment.clear();
    for (Index p = 0; p < constraints_.n_players(); ++p) {
        const Player& player = constraints_.governments()[static_cast<std::size_t>(p)];
        OptimumOptions how;
        how.probes = 0, how.starts = 2, how.threads = options_.threads;
        how.solver = options_.solver;
        best_.push_back(optimal_policy(world_, broken, player.objective, player.instruments, how));
        const double u = utility(world_, out.equilibrium, player.objective), answer = best_.back().utility;
        const double keep = constraints_.discount()[p], worth = u - constraints_.war()[p];
        const double slack = (keep * worth - (1.0 - keep) * (answer - u)) / constraints_.gain()[p];
        out.utility.push_back(u), out.best_answer.push_back(answer), out.slack.push_back(slack);
        out.share = std::min(out.share, worth / constraints_.gain()[p]);
        out.certificate.violation = std::max({out.certificate.violation, -slack, -worth / constraints_.gain()[p]});
        out.means.push_back(tariff_means(world_, tariff_blocks(world_, player.instruments, 0), shock.tariff,
                                         player.instruments.importer));
    }
}

// Best answers that are other local maxima than those the search went by: it goes on with them.
bool CooperationProgram::Search::adopt_replies() {
    const CooperationPoint last = constraints_.last();
    bool changed = false;
    for (Index p = 0; p < constraints_.n_players(); ++p) {
        const Optimum& one = best_[static_cast<std::size_t>(p)];
        if (constraints_.discount()[p] == 1.0 || !(one.utility > last.best[p] + 1e-9)) continue;
        constraints_.set_reply(static_cast<std::size_t>(p), one.shock.tariff);
        changed = true;
    }
    return changed;
}

// Without a future only best answers to best answers hold: the agreement or the war where they are that, else the war
// of best answers.
void CooperationProgram::Search::without_future(CooperativeTariffs& out) {
    for (const Shock* shock : {&constraints_.agreement_shock(), &constraints_.war_shock()}) {
        report(*shock, out);
        if (out.certificate.violation <= options_.tolerance) return;
    }
    Shock from = constraints_.war_shock();
    from.payment.clear();
    NashOptions how;
    how.threads = options_.threads;
    how.sweeps.solver = options_.solver;
    report(trade_war(world_, from, constraints_.governments(), how).shock, out);
    out.holds = out.certificate.violation <= options_.tolerance;
}

bool CooperationProgram::Search::search_from(Values y, CooperativeTariffs& out) {
    constexpr int rounds = 4;
    for (int round = 0; round < rounds; ++round) {
        y = climb(std::move(y));
        const CooperationPoint point = constraints_.evaluate(y);
        if (!point.solved) return false;
        ArrayXd multiplier;
        out.certificate.stationarity = constraints_.stationarity(point, multiplier);
        out.shadow_price = as_list(multiplier.tail(constraints_.n_players()));
        out.paid = constraints_.paid(y);
        report(constraints_.shock(y), out);
        if (constraints_.aim(y) >= most_share * (1.0 - 1e-6))
            throw Error(ErrorKind::solve, "the agreement gives too little over the war to measure by");
        if (passes_check(out.certificate)) return true;
        if (!adopt_replies()) return false;
    }
    return false;
}

// A point that is worth the war to everyone and that nobody gains by breaking, made with as much to lose from a breach
// as can be; none where somebody gains even there.
std::optional<Values> CooperationProgram::Search::feasible_from(const Shock& shock) {
    constraints_.set_aim(CooperationAim::slack);
    Values y = constraints_.point(shock);
    const CooperationPoint& point = constraints_.evaluate(y);
    const auto at = static_cast<std::size_t>(constraints_.n_tariffs());
    // The aim itself is a term of the incentives: without it they miss this much.
    if (point.solved) y[at] -= constraints_.misses(point).tail(constraints_.n_players()).maxCoeff();
    y = climb(std::move(y));
    const bool holds = constraints_.aim(y) >= -options_.tolerance;
    constraints_.set_aim(CooperationAim::share);
    if (!holds) return std::nullopt;
    y[at] = 0.0;
    return y;
}

void CooperationProgram::Search::search(CooperativeTariffs& out) {
    const Shock &agreement = constraints_.agreement_shock(), &war = constraints_.war_shock();
    if (search_from(constraints_.point(start_), out) || search_from(constraints_.point(war), out)) return;
    std::optional<Values> feasible = feasible_from(war);
    if (!feasible) feasible = feasible_from(agreement);
    if (!feasible) {
        out.holds = false;
        return;
    }
    if (search_from(*feasible, out) || search_from(constraints_.point(agreement), out)) return;
    throw Error(ErrorKind::solve,
                fmt::format("the most cooperative tariffs were not found: a breach would gain {:.2g} of what the "
                            "agreement does, and the conditions of the program are missed by {:.2g}; try narrower "
                            "bounds or fewer lines",
                            out.certificate.violation, out.certificate.stationarity));
}

CooperativeTariffs CooperationProgram::Search::at(const Values& discount) {
    const auto began = std::chrono::steady_clock::now();
    if (static_cast<Index>(discount.size()) != constraints_.n_players())
        throw Error(ErrorKind::input, "the most cooperative tariffs need a discount factor for each player");
    const bool future = *std::max_element(discount.begin(), discount.end()) > 0.0;
    for (const double delta : discount)
        if (!(delta >= (future ? least_patience : 0.0) && delta <= 1.0))
            throw Error(ErrorKind::input, fmt::format("a discount factor is {}; it must lie in [{}, 1], or all be 0",
                                                      delta, least_patience));
    constraints_.set_discount(Eigen::Map<const ArrayXd>(discount.data(), constraints_.n_players()));
    constraints_.set_aim(CooperationAim::share);
    const int passes = constraints_.passes(), evaluations = constraints_.evaluations();
    CooperativeTariffs out;
    out.shadow_price.assign(discount.size(), 0.0);
    if (future)
        search(out);
    else
        without_future(out);
    CooperationCertificate& certificate = out.certificate;
    certificate.converged = out.holds && passes_check(certificate);
    certificate.evaluations = constraints_.evaluations() - evaluations;
    certificate.passes = constraints_.passes() - passes;
    certificate.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    // A search that failed is no place to start from.
    if (out.holds) start_ = out.shock;
    return out;
}

CooperationProgram::CooperationProgram(const World& world, const Shock& agreement, const Shock& war,
                                       std::vector<Player> players, const CooperationOptions& options)
    : search_(std::make_unique<Search>(world, agreement, war, std::move(players), options)) {}
CooperationProgram::~CooperationProgram() = default;
CooperationProgram::CooperationProgram(CooperationProgram&&) noexcept = default;

CooperativeTariffs CooperationProgram::at(const Values& discount) {
    return search_->at(discount);
}
void CooperationProgram::start_from(const Shock& shock) {
    search_->start_from(shock);
}
bool CooperationProgram::moves_money() const {
    return search_->constraints().moves_money();
}
Values CooperationProgram::war_utility() const {
    return as_list(search_->constraints().war());
}
Values CooperationProgram::agreement_utility() const {
    return as_list(search_->constraints().war() + search_->constraints().gain());
}

Values CooperationProgram::critical_discount(const CooperativeTariffs& tariffs) const {
    Values list;
    const CooperationConstraints& c = search_->constraints();
    for (std::size_t p = 0; p < tariffs.utility.size(); ++p) {
        const auto at = static_cast<Index>(p);
        constexpr double nothing = 1e-8;  // of the gain
        const double temptation = tariffs.best_answer[p] - tariffs.utility[p],
                     punished = tariffs.best_answer[p] - c.war()[at];
        if (temptation <= nothing * c.gain()[at])
            list.push_back(0.0);
        else
            list.push_back(punished > temptation ? temptation / punished : 1.0);
    }
    return list;
}

}  // namespace detente
