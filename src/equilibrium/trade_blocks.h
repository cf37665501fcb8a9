// Blocks of regions that hardly trade with each other, and the balances by which their wages are determined.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "equilibrium/kernels.h"
#include "equilibrium/trade_weights.h"

namespace detente {

/// Regions linked, directly or through others, by trade that counts for one of the two. Between blocks flows are so
/// small that they drown in the rounding of what a region trades within its block, although they alone determine what
/// one block's wages are worth in the other's. So a block's balance with the rest of the world takes the place of the
/// balance of one of its regions, the leader; it is summed up from the flows between blocks alone, and keeps its digits
/// however small they are. One block, in every ordinary world: nothing changes.
struct TradeBlocks {
    std::vector<int> of;          ///< block of each region
    std::vector<int> leader;      ///< by block; -1 in the block of the region whose balance the others imply
    Eigen::ArrayXd border_trade;  ///< by block: what it pays abroad

    bool several() const { return leader.size() > 1; }
    bool apart(int i, int j) const { return of[static_cast<std::size_t>(i)] != of[static_cast<std::size_t>(j)]; }
    /// Sums over the regions of each block.
    Eigen::ArrayXd sums(const Eigen::ArrayXd& by_region) const;
    Eigen::MatrixXd sums(const Eigen::MatrixXd& rows_by_region) const;
    /// Blocks' rows in the place of their leaders'.
    void put_rows(const Eigen::MatrixXd& by_block, Eigen::MatrixXd& by_region) const;
    /// Multipliers of the conditions solved for, with leaders' rows the blocks', to multipliers of every region's
    /// balance: the transposed sum. `multiplier` by region, already over border trade.
    void spread(Eigen::ArrayXd& multiplier) const;
};

/// `flow` (exporter, importer): trade over borders in all sectors; `border_trade` by region; `dropped`: see `leader`.
TradeBlocks trade_blocks(const Eigen::MatrixXd& flow, const Eigen::ArrayXd& border_trade, Eigen::Index dropped);

/// d ln (earned / paid) by row, from the answers of both and their levels: at a base that balances the answer of the
/// balance over border trade, and right also where a balance of almost nothing does not. A trace is taken off each
/// row's own ln w (with `blocks`: the leader's), so that directions that trade does not determine stay regular; a row
/// without trade holds that wage.
Eigen::MatrixXd log_balance_response(const Eigen::MatrixXd& earned_answer, const Eigen::ArrayXd& earned,
                                     const Eigen::MatrixXd& paid_answer, const Eigen::ArrayXd& paid,
                                     const Eigen::ArrayXd& labour_income, const TradeBlocks* blocks = nullptr);

/// What blocks earn and pay abroad at one point, transfers included; one pass over the trade tensor.
struct BlockTrade {
    Eigen::ArrayXd earned, paid;
};
BlockTrade block_trade(const TradeBlocks& blocks, const kernels::Shape& shape, const TradeWeights& trade,
                       const Eigen::ArrayXd& supply, const Eigen::ArrayXd& per_weight, const Eigen::ArrayXd& transfer);

}  // namespace detente
