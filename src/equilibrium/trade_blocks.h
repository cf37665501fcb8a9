// Blocks of regions that hardly trade with the rest of the world, and the balances by which their wages are determined.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "equilibrium/kernels.h"
#include "equilibrium/trade_weights.h"

namespace detente {

/// Regions that trade far more with each other than with the rest of the world. What crosses the block's border drowns
/// in the rounding of what its regions trade, although it alone determines what the block's wages are worth elsewhere.
/// So the block's balance takes the place of the balance of one of its regions, the leader; it is summed up from the
/// flows over the block's border alone, and keeps its digits however small they are. Blocks can stand within blocks. An
/// ordinary world has none.
struct TradeBlock {
    int leader = 0;
    std::vector<char> inside;        ///< by region
    double border_trade = 0.0;       ///< what the block pays abroad; its labour income where it does not trade
    Eigen::ArrayXd imported_across;  ///< by cell: imports from outside over spending (`ricardian`)

    /// Whether the region is inside.
    bool has(int region) const { return inside[static_cast<std::size_t>(region)] != 0; }
    /// A flow from i to j crosses the block's border.
    bool crossed(int i, int j) const { return has(i) != has(j); }
    double sum(const Eigen::ArrayXd& by_region) const;
    Eigen::RowVectorXd sum(const Eigen::MatrixXd& rows_by_region) const;
};

/// The blocks of a world. `flow` (exporter, importer): trade over borders in all sectors; `transfer` and
/// `border_trade` by region; no block has `dropped`, the region whose balance the others imply.
///
/// The largest flows span a tree, whose root is `dropped`; with the regions below it each region is a candidate, and is
/// a block where what crosses its border is a trace of what the region itself trades. Balances of regions and blocks
/// together stay independent: each sums up a subtree.
std::vector<TradeBlock> trade_blocks(const Eigen::MatrixXd& flow, const Eigen::ArrayXd& transfer,
                                     const Eigen::ArrayXd& border_trade, Eigen::Index dropped);

/// From multipliers of the conditions solved for (relative, some of them of blocks) to multipliers of every region's
/// balance in money; 0 for `dropped`.
Eigen::ArrayXd balance_multipliers(const std::vector<TradeBlock>& blocks, const Eigen::ArrayXd& multiplier,
                                   const Eigen::ArrayXd& border_trade, Eigen::Index dropped);

/// Trade below this part of labour income is none: far below rounding of all that a region earns, and far above the
/// smallest number, so that ratios of what is left stay finite.
constexpr double no_trade = 1e-190;

/// ln (earned abroad / paid abroad); 0 where neither is any trade.
double log_balance(double earned, double paid, double labour_income);

/// d ln (earned / paid) by row, from the answers of both to all unknowns and their levels: where trade balances, the
/// answer of the balance over border trade, and right also where a balance of almost nothing does not. Row r is of
/// region `own` + r: a trace is taken off its answer to its own ln w, so that directions that trade does not determine
/// stay regular; without trade that wage is held.
Eigen::MatrixXd log_balance_response(const Eigen::MatrixXd& earned_answer, const Eigen::ArrayXd& earned,
                                     const Eigen::MatrixXd& paid_answer, const Eigen::ArrayXd& paid,
                                     const Eigen::ArrayXd& labour_income, Eigen::Index own = 0);

/// What a block earns and pays abroad at one point, transfers included, and the revenue from it.
struct BlockTrade {
    double earned = 0.0, paid = 0.0, revenue = 0.0;
};
BlockTrade block_trade(const TradeBlock& block, const kernels::Shape& shape, const TradeWeights& trade,
                       const Eigen::ArrayXd& supply, const Eigen::ArrayXd& per_weight, const Eigen::ArrayXd& transfer);

/// The residual of a trade balance: relative to labour income or, where that is more, as a part of its trade times the
/// part of income that tariffs on it bring: behind a tariff of a million per cent a trace of imports counts.
double imbalance(const BlockTrade& trade, double wage_bill);
/// The same of all regions.
Eigen::ArrayXd imbalances(const Eigen::ArrayXd& earned, const Eigen::ArrayXd& paid, const Eigen::ArrayXd& revenue,
                          const Eigen::ArrayXd& wage_bill);

}  // namespace detente
