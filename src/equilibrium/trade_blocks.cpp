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

void TradeBlocks::put_rows(const Eigen::MatrixXd& by_block, Eigen::Ref<Eigen::MatrixXd> by_region) const {
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

namespace {

// Linked nodes of a graph of trade get the same number, from 0 on; how many there are.
int link_up(const Eigen::MatrixXd& flow, const ArrayXd& border_trade, std::vector<int>& number) {
    const int n = static_cast<int>(flow.rows());
    std::vector<int> group(static_cast<std::size_t>(n));
    std::iota(group.begin(), group.end(), 0);
    for (int i = 0; i < n; ++i) {
        for (int j = i + 1; j < n; ++j) {
            const int to = group[static_cast<std::size_t>(i)], from = group[static_cast<std::size_t>(j)];
            if (to != from && flow(i, j) + flow(j, i) > link * std::min(border_trade[i], border_trade[j]))
                std::replace(group.begin(), group.end(), from, to);
        }
    }
    std::vector<int> names;
    number.clear();
    for (const int name : group) {
        const auto found = std::find(names.begin(), names.end(), name);
        number.push_back(static_cast<int>(found - names.begin()));
        if (found == names.end()) names.push_back(name);
    }
    return static_cast<int>(names.size());
}

}  // namespace

std::vector<TradeBlocks> trade_blocks(const Eigen::MatrixXd& flow, const ArrayXd& transfer, Index dropped) {
    std::vector<TradeBlocks> levels;
    const int n = static_cast<int>(flow.rows());
    TradeBlocks below;  // at first every region is its own
    below.of.resize(static_cast<std::size_t>(n)), below.leader.resize(static_cast<std::size_t>(n));
    std::iota(below.of.begin(), below.of.end(), 0), std::iota(below.leader.begin(), below.leader.end(), 0);
    below.leader[static_cast<std::size_t>(dropped)] = -1;
    Eigen::MatrixXd between = flow;
    while (between.rows() > 1) {
        between.diagonal().setZero();
        const ArrayXd border = between.colwise().sum().transpose().array() + (-below.sums(transfer)).max(0.0);
        std::vector<int> number;
        const int count = link_up(between, border, number);
        if (count == 1 || count == between.rows()) break;
        TradeBlocks level;
        for (const int member : below.of) level.of.push_back(number[static_cast<std::size_t>(member)]);
        level.leader.assign(static_cast<std::size_t>(count), -1);
        // The largest trader of a block leads it; where the dropped condition is in it, nobody does.
        std::vector<double> largest(static_cast<std::size_t>(count), -1.0);
        Eigen::MatrixXd next = Eigen::MatrixXd::Zero(count, count);
        for (int a = 0; a < static_cast<int>(between.rows()); ++a) {
            const auto at = static_cast<std::size_t>(number[static_cast<std::size_t>(a)]);
            if (border[a] > largest[at])
                largest[at] = border[a], level.leader[at] = below.leader[static_cast<std::size_t>(a)];
            for (int b = 0; b < static_cast<int>(between.rows()); ++b)
                next(number[static_cast<std::size_t>(a)], number[static_cast<std::size_t>(b)]) += between(a, b);
        }
        level.leader[static_cast<std::size_t>(level.of[static_cast<std::size_t>(dropped)])] = -1;
        levels.push_back(level);
        below = level, between = next;
    }
    return levels;
}

ArrayXd balance_multipliers(const std::vector<TradeBlocks>& levels, const ArrayXd& multiplier,
                            const ArrayXd& border_trade, Index dropped) {
    ArrayXd own = multiplier / border_trade, out = ArrayXd::Zero(multiplier.size());
    own[dropped] = 0.0;
    for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
        for (std::size_t b = 0; b < level->leader.size(); ++b) {
            const int leader = level->leader[b];
            if (leader < 0 || own[leader] == 0.0) continue;  // 0: it leads a block of a higher level
            const double value = multiplier[leader] / level->border_trade[static_cast<Index>(b)];
            for (std::size_t i = 0; i < level->of.size(); ++i)
                if (level->of[i] == static_cast<int>(b)) out[static_cast<Index>(i)] += value;
            own[leader] = 0.0;
        }
    }
    return out + own;
}

BlockTrade block_trade(const TradeBlocks& blocks, const kernels::Shape& shape, const TradeWeights& trade,
                       const ArrayXd& supply, const ArrayXd& per_weight, const ArrayXd& transfer) {
    const ArrayXd received = blocks.sums(transfer);
    BlockTrade out{received.max(0.0), (-received).max(0.0), ArrayXd::Zero(received.size())};
    for (int s = 0; s < shape.sectors; ++s) {
        for (int j = 0; j < shape.regions; ++j) {
            const Index market = (static_cast<Index>(s) * shape.regions + j) * shape.padded;
            const double* net = trade.net.data() + market;
            const double* gross = trade.gross.data() + market;
            const double worth = per_weight[shape.at(j, s)];
            const int to = blocks.of[static_cast<std::size_t>(j)];
            for (int i = 0; i < shape.regions; ++i) {
                if (!blocks.apart(i, j)) continue;
                const double sale = net[i] * supply[shape.at(i, s)] * worth;
                out.earned[blocks.of[static_cast<std::size_t>(i)]] += sale;
                out.paid[to] += sale;
                out.revenue[to] += (gross[i] - net[i]) * supply[shape.at(i, s)] * worth;
            }
        }
    }
    return out;
}

}  // namespace detente
