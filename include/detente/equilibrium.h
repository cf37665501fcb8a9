// Counterfactual equilibria, their results by name, and gradients.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "detente/export.h"
#include "detente/policy.h"
#include "detente/table.h"
#include "detente/world.h"

namespace detente {
DETENTE_V1_BEGIN
/// An equilibrium relative to its base. Hats are ratios to the base; money is in the economy's unit, with the
/// base's numeraire. Cheap to copy; never changes; keeps its world alive.
class DETENTE_PUBLIC Equilibrium {
public:
    const World& world() const noexcept;
    const Certificate& certificate() const noexcept;
    /// What is in force in it, whoever set it (a policy, a scenario of a study, a trade war, talks): tariffs by line,
    /// and changes of trade costs, productivity, factor supply and deficits. Solving it again gives this equilibrium,
    /// to the tolerance.
    Policy policy() const;

    Table welfare_percent() const;  ///< region: change of real income, net of the cost of work; exact, not first-order
    Table real_wage_percent() const;   ///< region
    Table wage_hat() const;            ///< region
    Table consumer_price_hat() const;  ///< region
    Table price_hat() const;           ///< region, sector: of what a sector's goods cost there
    Table cost_hat() const;            ///< region, sector: unit cost, productivity and scale aside
    Table trade() const;               ///< exporter, importer, sector: flows net of tariffs, money (made on call)
    Table trade_share() const;         ///< exporter, importer, sector: of the importer's spending
    Table tariff() const;              ///< exporter, importer, sector: rates in force
    Table expenditure() const;         ///< region, sector: with tariffs, money
    Table output() const;              ///< region, sector: sales net of tariffs, money
    Table income() const;              ///< region, money
    Table revenue() const;             ///< region: of tariffs, money
    Table transfer() const;            ///< region: received from abroad, money

    /// Keys of the results by region that this model has, as in results.json: "welfare_percent", "ev",
    /// "exports_percent", ... (docs/results.md).
    std::vector<std::string> result_keys() const;
    /// One of them, by region; a region for which it is not defined has NaN. Throws an input error with the nearest
    /// key.
    Table result(std::string_view key) const;

    struct Impl;
    explicit Equilibrium(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    const Impl& impl() const noexcept { return *impl_; }

private:
    std::shared_ptr<const Impl> impl_;
};

/// Solves a counterfactual. `start`: an equilibrium of the same world to begin from (nullptr: the base). Throws an
/// input error for names that are unknown and changes that cannot be, and a solve error (block, region and sector,
/// what to try) where the tolerance was not reached.
DETENTE_PUBLIC Equilibrium solve(const World& world, const Policy& policy, const SolveOptions& options = {},
                                 const Equilibrium* start = nullptr);

/// Derivatives of one number of an equilibrium, all at once by one linear solve of the transposed equations.
struct Gradient {
    double value = 0.0;     ///< of the number itself
    Table tariff;           ///< exporter, importer, sector: per unit of the ad valorem rate
    Table trade_cost;       ///< exporter, importer, sector: per unit of the log of an iceberg factor
    Table productivity;     ///< region, sector: per unit of ln T
    Table factor_supply;    ///< region: per unit of ln V
    Table transfer;         ///< region: per unit of money received (closure `fixed`)
    Table theta;            ///< sector: per unit of the trade elasticity (`krugman`: of sigma), the base's tables held
    double residual = 0.0;  ///< of the linear system, relative to the number's partial derivatives
    int passes = 0;         ///< over the trade table
};

/// Of ln welfare of one region. Throws an input error for an unknown region, a solve error where the linear system
/// was not solved.
DETENTE_PUBLIC Gradient welfare_gradient(const Equilibrium& equilibrium, const std::string& region,
                                         const SolveOptions& options = {});
/// Of the weighted sum of ln welfare, weights by region (what is left out has none).
DETENTE_PUBLIC Gradient welfare_gradient(const Equilibrium& equilibrium, const std::map<std::string, double>& weight,
                                         const SolveOptions& options = {});

DETENTE_V1_END
}  // namespace detente
