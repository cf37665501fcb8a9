// What the driver asks of a model: its equations as a system of steps, and its derivative at the base.
#pragma once

#include <memory>

#include "base/anderson.h"
#include "equilibrium/model_table.h"

namespace detente {

/// How a step sees a trade balance, earned - paid abroad: as a level (few passes from a base that is not far), or
/// in logs (close to linear in log wages over many orders of magnitude: near autarky).
enum class BalanceForm { level, logarithm };

/// The equations of a model for one shock.
class EquilibriumSystem : public FixedPointSystem {
public:
    /// The base as a point of the system.
    virtual Eigen::ArrayXd start() const = 0;
    /// An equilibrium (of another shock on the same world) as a point of the system.
    virtual Eigen::ArrayXd point(const Equilibrium& equilibrium) const = 0;
    /// The point as an equilibrium: wages, employment, prices, shares, spending and output; `complete_accounts` adds
    /// the rest. A point that is no solution yet (`solved` false) is written such that `rebase` changes variables
    /// exactly there: shares by its own prices, so that they need not sum to one.
    virtual Equilibrium equilibrium(const Eigen::ArrayXd& x, bool solved) = 0;
};

class AdjointSystem;

/// The derivative of a model at a base: it steers all counterfactuals from there, and may those of a world near it.
/// What the equations are is the world's alone.
class Linearisation {
public:
    virtual ~Linearisation() = default;
    /// The equations at one shock, steered by this derivative.
    virtual std::unique_ptr<EquilibriumSystem> system(const World& world, const Shock& shock,
                                                      BalanceForm form) const = 0;
    /// The equations transposed at `equilibrium`, steered by this derivative (see adjoint.h).
    virtual std::unique_ptr<AdjointSystem> adjoint(const World& world, const Equilibrium& equilibrium) const = 0;
    /// The size of the inverse: how far the equilibrium moves for a small disturbance. It grows without bound where
    /// the derivative becomes singular.
    virtual double sensitivity() const = 0;
};

/// The derivative at the world's base, or the one that it borrows; built on the first call.
std::shared_ptr<const Linearisation> linearise(const World& world, const Job& job = {});

/// What is solved for: errors speak of a counterfactual's shock, or of the data of a base.
enum class Purpose { counterfactual, base, balanced_base };

/// What to try where the first step does not converge: a path of re-based steps (each builds and inverts a derivative,
/// and a path that ends for want of an equilibrium takes dozens), or nothing.
enum class Reach { path, step };

/// `solve` with the loop's options in the open: base equilibria go on to the last digit. Tolerance and certificate of
/// `options` are what is asked of the result; `steps` says how far the loop goes, and takes its job from `options`.
Equilibrium solve_with(const World& world, const Shock& shock, const Equilibrium* start, const SolverOptions& options,
                       FixedPointOptions steps, Purpose purpose = Purpose::counterfactual, Reach reach = Reach::path);

/// What work costs those who do it in the base, kappa/(1+kappa) w L / tau hat, money: a wage is worth 1 / tau hat after
/// tax there (Ignatenko et al. 2025, section 3). 0 where employment is fixed.
double cost_of_work(const World& world, double tax_relief, std::size_t region);

/// From wages, employment, prices, shares and spending to incomes, revenue, price indices and welfare.
void complete_accounts(const World& world, const Shock& shock, Equilibrium& equilibrium);

/// The same shock with all that is received in `transfer`, for paths on which transfers move: no payments, and closure
/// `fixed` in place of `balanced`.
Shock with_transfers_in_full(const World& world, const Shock& shock);

/// The income that transfers follow under closure `world_share`: all income before transfers, or in some models labour
/// income alone.
inline double closure_income(const Model& model, double labour, double profit, double revenue) {
    return model.transfers_follow_labour ? labour : labour + profit + revenue;
}

}  // namespace detente
