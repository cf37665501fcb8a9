// Tariffs and equilibrium together: at every tariff vector one equilibrium and one set of shadow prices a goal, and
// from them the rate that each first-order condition asks for.
//
// For a line (i, j, s) the derivative of a goal in ln tau, tau = 1 + t, is X_ijs times
//     -(1 + theta phi) a_ijs + tau theta phi z_js / E_js,
// with a the value of one more unit of flow (net of the revenue forgone) and z what the market's exporters lose
// together. Divided by its flow the condition is a fixed point, tau = -(1 + theta phi) a E / (-theta phi z): tiny flows
// are as well scaled as large ones (Ossa 2014 for `krugman`; the same holds in every model here, a and z being
// the shadow prices of adjoint.h). A block of lines that share a rate takes the sums of numerators and
// denominators.
#pragma once

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "base/anderson.h"
#include "equilibrium/adjoint.h"
#include "strategy/instruments.h"
#include "strategy/objective.h"

namespace detente {

/// The goal of whoever sets some blocks: sum_p weight_p U_p over the objectives.
struct Goal {
    std::vector<double> weight;
};

/// A search can lead to where there is no equilibrium (with fixed deficits, a receiver taxes all its trade away; an
/// income tax has nothing left to give back), and to find that out takes a path of dozens of factorisations.
struct SweepEffort {
    int failed_paths = std::numeric_limits<int>::max();  ///< after so many paths that led nowhere, single steps must do
    int most_misses = std::numeric_limits<int>::max();   ///< points without an equilibrium that end the search
};

/// Unknowns: ln(1 + rate) by block. A step leads to the rates that the first-order conditions ask for at the present
/// shadow prices, within bounds; for one goal it is always a direction of ascent.
class TariffSweep final : public FixedPointSystem {
public:
    /// Tariffs outside the blocks stay as in `from`. The blocks' owners are positions in `goals`. `world` must outlive
    /// the sweep.
    TariffSweep(const World& world, Shock from, std::vector<Objective> objectives, std::vector<Goal> goals,
                std::vector<TariffBlock> blocks, Job job);

    Eigen::Index size() const override { return static_cast<Eigen::Index>(blocks_.size()); }
    /// Solves the equilibrium and the shadow prices; the residual is the largest step.
    double evaluate(const Eigen::ArrayXd& x, Eigen::ArrayXd& step) override;
    bool admissible(const Eigen::ArrayXd& x) const override { return x.allFinite(); }
    const Eigen::ArrayXd& weights() const override { return weights_; }
    std::string worst() const override { return "first-order conditions"; }

    /// Equilibrium only: the utilities at x.
    const std::vector<double>& utilities(const Eigen::ArrayXd& x, double tolerance);
    void set_goals(std::vector<Goal> goals) { goals_ = std::move(goals); }
    void set_payment(const std::vector<double>& payment) { shock_.payment = payment; }
    /// Tariffs on lines that are not this sweep's, for the evaluations to come.
    void set_others(const std::vector<TariffBlock>& blocks, const std::vector<double>& rate) {
        set_rates(blocks, rate, shock_.tariff);
    }
    /// Accuracy of the equilibria and shadow prices for the next evaluations, as a part of the last step.
    void set_precision(double relative, double finest) { relative_ = relative, finest_ = finest; }
    void forget_residual() { last_residual_ = 1.0; }
    /// How much is done from here on to find an equilibrium where the last one's neighbourhood has none.
    void set_effort(const SweepEffort& effort);
    void lift_effort() { effort_ = {}; }
    /// An equilibrium of the same world to go on from.
    void start_from(const Equilibrium& equilibrium) { equilibrium_ = equilibrium; }
    /// Beyond the effort's limit every evaluation is a point without an equilibrium at once.
    bool lost() const { return misses_ > effort_.most_misses; }
    /// The point with the highest first goal since the effort was set; empty where there was none.
    const Eigen::ArrayXd& best_point() const { return best_point_; }

    /// Unknowns from rates by block, and rates by block from unknowns, within bounds.
    Eigen::ArrayXd point(const std::vector<double>& rate) const;
    std::vector<double> rate(const Eigen::ArrayXd& x) const;
    /// What the sweep was made from.
    const std::vector<TariffBlock>& blocks() const { return blocks_; }
    const std::vector<Objective>& objectives() const { return objectives_; }
    const World& world() const { return world_; }

    // At the last evaluation:
    const Shock& shock() const { return shock_; }
    const Equilibrium& equilibrium() const { return equilibrium_; }
    const std::vector<double>& utility() const { return utility_; }
    /// d goal / d ln(1 + rate) by block.
    const Eigen::ArrayXd& gradient() const { return gradient_; }
    /// d goal g / d ln(1 + rate) by block, for any blocks and whoever owns them.
    Eigen::ArrayXd derivative(std::size_t g, const std::vector<TariffBlock>& blocks) const;
    /// Values of transfers received by region, by goal.
    const std::vector<ShadowPrices>& shadow_prices() const { return prices_; }
    double goal(std::size_t g) const;
    /// Why the last evaluation gave no equilibrium; empty where it did.
    const std::string& failure() const { return failure_; }
    int equilibria() const { return equilibria_; }
    int passes() const { return passes_; }

private:
    void solve_at(const Eigen::ArrayXd& x, double tolerance);
    void find_prices();
    // d goal / d ln tau = gain - tau loss of a block whose lines share tau.
    struct Margins {
        double gain = 0.0, loss = 0.0;
    };
    Margins margins(const TariffBlock& block, const ShadowPrices& prices) const;
    double wanted(const TariffBlock& block, const ShadowPrices& prices, double x, Eigen::Index b);

    const World& world_;
    Shock shock_;
    std::vector<Objective> objectives_;
    std::vector<Goal> goals_;
    std::vector<TariffBlock> blocks_;
    Eigen::ArrayXd lower_, upper_, weights_, gradient_;
    Equilibrium equilibrium_;
    std::unique_ptr<AdjointSystem> adjoint_;
    std::vector<ShadowPrices> prices_;
    std::string failure_;
    std::vector<double> utility_;
    SolverOptions solver_;  // its tolerance moves with the sweeps
    double relative_ = 1e-3, finest_ = 1e-12, last_residual_ = 1.0;
    SweepEffort effort_;
    Eigen::ArrayXd best_point_;
    double best_goal_ = 0.0;
    int equilibria_ = 0, passes_ = 0, misses_ = 0, failed_paths_ = 0;
};

/// One search's effort; without a limit again at the end.
class LimitedEffort {
public:
    LimitedEffort(TariffSweep& sweep, const SweepEffort& effort) : sweep_(sweep) { sweep_.set_effort(effort); }
    ~LimitedEffort() { sweep_.lift_effort(); }
    LimitedEffort(const LimitedEffort&) = delete;
    LimitedEffort& operator=(const LimitedEffort&) = delete;

private:
    TariffSweep& sweep_;
};

}  // namespace detente
