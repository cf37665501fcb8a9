#include "equilibrium/trade_blocks.h"

#include <algorithm>
#include <numeric>

#include "equilibrium/system.h"

namespace detente {

using Eigen::ArrayXd;
using Eigen::Index;

namespace {

// Trade that is more than this part of the border trade of one of two regions links them. Well above what the
// derivative is solved to, so that within a block no direction is lost.
constexpr double link = 1e-3;

}  // namespace

ArrayXd TradeBlocks::sums(const ArrayXd& by_region) const {
    ArrayXd out = ArrayXd::Zero(static_cast<Index>(leader.size()));
    for (std::size_t i = 0; i < of.size(); ++i) out[of[i]] += by_region[static_cast<Index>(i)];
    return out;
}

Eigen::MatrixXd TradeBlocks::sums(const Eigen::MatrixXd& rows_by_region) const {
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(static_cast<Index>(leader.size()), rows_by_region.cols());
    for (std::size_t i = 0; i < of.size(); ++i) out.row(of[i]) += rows_by_region.row(static_cast<Index>(i));
    return out;
}

void TradeBlocks::put_rows(const Eigen::MatrixXd& by_block, Eigen::MatrixXd& by_region) const {
    for (std::size_t b = 0; b < leader.size(); ++b)
        if (leader[b] >= 0) by_region.row(leader[b]) = by_block.row(static_cast<Index>(b));
}

Eigen::MatrixXd log_balance_response(const Eigen::MatrixXd& earned_answer, const ArrayXd& earned,
                                     const Eigen::MatrixXd& paid_answer, const ArrayXd& paid,
                                     const ArrayXd& labour_income, const TradeBlocks* blocks) {
    constexpr double trace = 1e-14;
    const ArrayXd none = no_trade * labour_income;
    Eigen::MatrixXd out = (earned + none).inverse().matrix().asDiagonal() * earned_answer -
                          (paid + none).inverse().matrix().asDiagonal() * paid_answer;
    for (Index row = 0; row < out.rows(); ++row) {
        const Index own = blocks == nullptr ? row : blocks->leader[static_cast<std::size_t>(row)];
        if (own >= 0) out(row, own) -= std::max(earned[row], paid[row]) > none[row] ? trace : 1.0;
    }
    return out;
}

void TradeBlocks::spread(ArrayXd& multiplier) const {
    ArrayXd of_block = ArrayXd::Zero(static_cast<Index>(leader.size()));
    for (std::size_t b = 0; b < leader.size(); ++b) {
        if (leader[b] < 0) continue;
        of_block[static_cast<Index>(b)] = multiplier[leader[b]];
        multiplier[leader[b]] = 0.0;
    }
    for (std::size_t i = 0; i < of.size(); ++i) multiplier[static_cast<Index>(i)] += of_block[of[i]];
}

TradeBlocks trade_blocks(const Eigen::MatrixXd& flow, const ArrayXd& border_trade, Index dropped) {
    const int n = static_cast<int>(flow.rows());
    TradeBlocks out;
    out.of.resize(static_cast<std::size_t>(n));
    std::iota(out.of.begin(), out.of.end(), 0);
    for (int i = 0; i < n; ++i) {
        for (int j = i + 1; j < n; ++j) {
            const double between = flow(i, j) + flow(j, i);
            if (!out.apart(i, j) || !(between > link * std::min(border_trade[i], border_trade[j]))) continue;
            const int from = out.of[static_cast<std::size_t>(j)], to = out.of[static_cast<std::size_t>(i)];
            std::replace(out.of.begin(), out.of.end(), from, to);
        }
    }
    std::vector<int> number(static_cast<std::size_t>(n), -1);
    for (int i = 0; i < n; ++i) {
        int& block = number[static_cast<std::size_t>(out.of[static_cast<std::size_t>(i)])];
        if (block < 0) block = static_cast<int>(out.leader.size()), out.leader.push_back(i);
        out.of[static_cast<std::size_t>(i)] = block;
        int& leader = out.leader[static_cast<std::size_t>(block)];
        if (border_trade[i] > border_trade[leader]) leader = i;
    }
    out.leader[static_cast<std::size_t>(out.of[static_cast<std::size_t>(dropped)])] = -1;
    return out;
}

BlockTrade block_trade(const TradeBlocks& blocks, const kernels::Shape& shape, const TradeWeights& trade,
                       const ArrayXd& supply, const ArrayXd& per_weight, const ArrayXd& transfer) {
    const ArrayXd received = blocks.sums(transfer);
    BlockTrade out{received.max(0.0), (-received).max(0.0)};
    for (int s = 0; s < shape.sectors; ++s) {
        for (int j = 0; j < shape.regions; ++j) {
            const double* net = trade.net.data() + (static_cast<Index>(s) * shape.regions + j) * shape.padded;
            const double worth = per_weight[shape.at(j, s)];
            for (int i = 0; i < shape.regions; ++i) {
                if (!blocks.apart(i, j)) continue;
                const double sale = net[i] * supply[shape.at(i, s)] * worth;
                out.earned[blocks.of[static_cast<std::size_t>(i)]] += sale;
                out.paid[blocks.of[static_cast<std::size_t>(j)]] += sale;
            }
        }
    }
    return out;
}

}  // namespace detente
