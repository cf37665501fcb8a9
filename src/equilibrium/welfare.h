// Where a change of welfare comes from: the published first-order formula and the exact decomposition.
#pragma once

#include <vector>

#include "equilibrium/model.h"

namespace detente {

/// One source of welfare, by region, and by region with the partner or the sector it comes from. Ratios to the
/// region's income (0.01 = 1 %).
struct WelfarePart {
    std::vector<double> total;       ///< N
    std::vector<double> by_partner;  ///< N x N, [region][partner]
    RegionSector by_sector;          ///< N x S
};

/// The formula that Caliendo and Parro (2015) print as welfare, evaluated at a finite change with flows, tariffs
/// and incomes of the base: terms of trade sum_is (X_jis (c_js - 1) - X_ijs (c_is - 1)) / I_j, volume of trade
/// sum_is t_ijs X_ijs (X_ijs hat - c_is hat) / I_j. It is not the change of real income: see `Equilibrium`.
struct FirstOrder {
    WelfarePart terms_of_trade, volume_of_trade;
    /// Both parts together.
    double welfare(int region) const {
        return terms_of_trade.total[static_cast<std::size_t>(region)] +
               volume_of_trade.total[static_cast<std::size_t>(region)];
    }
};

/// Of a counterfactual in `ricardian`; changes are those from its base.
FirstOrder first_order(const World& world, const Equilibrium& equilibrium);

/// ln W hat = terms of trade + volume of trade + cost + scale + transfer + factor, integrated along the path on which
/// tariffs move linearly and cost factors geometrically from the base to the shock. `error` is what the parts
/// miss of the exact ln W hat.
struct Decomposition {
    WelfarePart terms_of_trade, volume_of_trade;
    WelfarePart cost;                 ///< iceberg costs and productivity, borne directly
    std::vector<double> scale;        ///< scale economies (0 without)
    std::vector<double> transfer;     ///< deficits that move: with world income, or as the scenario sets them
    std::vector<double> factor;       ///< factor supply: what more of it earns (0 without)
    std::vector<double> log_welfare;  ///< exact ln W hat
    std::vector<double> error;        ///< log_welfare minus the parts
    int nodes = 0;                    ///< equilibria along the path, both ends included
};

/// Solves along the path with 5, 9, 17 and at most 33 Gauss-Lobatto nodes, until the error is below `tolerance`.
Decomposition decompose(const World& world, const Shock& shock, const Equilibrium& end,
                        const SolverOptions& options = {}, double tolerance = 1e-9);

}  // namespace detente
