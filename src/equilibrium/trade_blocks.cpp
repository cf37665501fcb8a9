#include "equilibrium/trade_blocks.h"

#include <algorithm>
#include <cmath>

namespace detente {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::RowVectorXd;

namespace {

// What crosses a block's border over what its leader trades. Well above what the derivative is solved to, so that no
// direction is lost in what is no block.
constexpr double trace_of_trade = 1e-3;

// The tree that the largest flows span (Prim): the parent of each region, -1 for the root, in the order of joining.
struct Tree {
    std::vector<int> parent, order;
};

Tree spanning_tree(const MatrixXd& between, int root) {
    const auto n = static_cast<std::size_t>(between.rows());
    Tree tree{std::vector<int>(n, -1), {}};
    std::vector<double> best(n, -1.0);
    std::vector<char> in(n, 0);
    for (int next = root; next >= 0;) {
        in[static_cast<std::size_t>(next)] = 1;
        tree.order.push_back(next);
        int largest = -1;
        for (std::size_t v = 0; v < n; ++v) {
            if (in[v] != 0) continue;
            const double flow = between(static_cast<Index>(v), next);
            if (flow > best[v]) best[v] = flow, tree.parent[v] = next;
            if (largest < 0 || best[v] > best[static_cast<std::size_t>(largest)]) largest = static_cast<int>(v);
        }
        next = largest;
    }
    return tree;
}

}  // namespace

double TradeBlock::sum(const ArrayXd& by_region) const {
    double total = 0.0;
    for (std::size_t i = 0; i < inside.size(); ++i)
        if (inside[i] != 0) total += by_region[static_cast<Index>(i)];
    return total;
}

RowVectorXd TradeBlock::sum(const MatrixXd& rows_by_region) const {
    RowVectorXd total = RowVectorXd::Zero(rows_by_region.cols());
    for (std::size_t i = 0; i < inside.size(); ++i)
        if (inside[i] != 0) total += rows_by_region.row(static_cast<Index>(i));
    return total;
}

std::vector<TradeBlock> trade_blocks(const MatrixXd& flow, const ArrayXd& transfer, const ArrayXd& border_trade,
                                     Index dropped) {
    const int n = static_cast<int>(flow.rows());
    const MatrixXd between = flow + flow.transpose();
    const Tree tree = spanning_tree(between, static_cast<int>(dropped));
    std::vector<int> below(static_cast<std::size_t>(n), 0);
    for (auto v = tree.order.rbegin(); v != tree.order.rend(); ++v)
        if (const int parent = tree.parent[static_cast<std::size_t>(*v)]; parent >= 0)
            below[static_cast<std::size_t>(parent)] += 1 + below[static_cast<std::size_t>(*v)];
    std::vector<TradeBlock> blocks;
    for (const int v : tree.order) {
        const int parent = tree.parent[static_cast<std::size_t>(v)];
        const double little = trace_of_trade * border_trade[v];
        if (parent < 0 || below[static_cast<std::size_t>(v)] == 0 || between(v, parent) >= little) continue;
        TradeBlock block;
        block.leader = v;
        block.inside.assign(static_cast<std::size_t>(n), 0);
        block.inside[static_cast<std::size_t>(v)] = 1;
        for (const int member : tree.order)
            if (const int above = tree.parent[static_cast<std::size_t>(member)]; above >= 0 && block.has(above))
                block.inside[static_cast<std::size_t>(member)] = 1;
        block.border_trade = std::max(0.0, -block.sum(transfer));
        for (int j = 0; j < n; ++j)
            for (int i = 0; i < n; ++i)
                if (block.has(j) && !block.has(i)) block.border_trade += flow(i, j);
        if (block.border_trade < little) blocks.push_back(std::move(block));
    }
    return blocks;
}

ArrayXd balance_multipliers(const std::vector<TradeBlock>& blocks, const ArrayXd& multiplier,
                            const ArrayXd& border_trade, Index dropped) {
    ArrayXd out = multiplier / border_trade;
    out[dropped] = 0.0;
    for (const TradeBlock& block : blocks) out[block.leader] = 0.0;
    for (const TradeBlock& block : blocks)
        for (int i = 0; i < static_cast<int>(block.inside.size()); ++i)
            if (block.has(i)) out[i] += multiplier[block.leader] / block.border_trade;
    return out;
}

namespace {

// Keeps logarithms finite.
double nothing(double labour_income) {
    return 1e-10 * no_trade * labour_income;
}

bool trades(double earned, double paid, double labour_income) {
    return std::max(earned, paid) > no_trade * labour_income;
}

}  // namespace

double log_balance(double earned, double paid, double labour_income) {
    if (!trades(earned, paid, labour_income)) return 0.0;
    return std::log((earned + nothing(labour_income)) / (paid + nothing(labour_income)));
}

RowVectorXd log_balance_response(const RowVectorXd& earned_answer, double earned, const RowVectorXd& paid_answer,
                                 double paid, double labour_income, Index own) {
    constexpr double trace = 1e-14;
    RowVectorXd row = RowVectorXd::Zero(earned_answer.size());
    if (!trades(earned, paid, labour_income)) {
        row[own] = -1.0;
        return row;
    }
    row = earned_answer / (earned + nothing(labour_income)) - paid_answer / (paid + nothing(labour_income));
    row[own] -= trace;
    return row;
}

BlockTrade block_trade(const TradeBlock& block, const kernels::Shape& shape, const TradeWeights& trade,
                       const ArrayXd& supply, const ArrayXd& per_weight, const ArrayXd& transfer) {
    const double received = block.sum(transfer);
    BlockTrade out{std::max(0.0, received), std::max(0.0, -received), 0.0};
    for (int s = 0; s < shape.sectors; ++s) {
        for (int j = 0; j < shape.regions; ++j) {
            const Index market = (static_cast<Index>(s) * shape.regions + j) * shape.padded;
            const double *net = trade.net.data() + market, *gross = trade.gross.data() + market;
            const double worth = per_weight[shape.at(j, s)];
            for (int i = 0; i < shape.regions; ++i) {
                if (!block.crossed(i, j)) continue;
                const double per_sale = supply[shape.at(i, s)] * worth;
                (block.has(i) ? out.earned : out.paid) += net[i] * per_sale;
                if (block.has(j)) out.revenue += (gross[i] - net[i]) * per_sale;
            }
        }
    }
    return out;
}

double imbalance(const BlockTrade& trade, double wage_bill) {
    const double traded = std::max(trade.earned, trade.paid);
    const double of_income = traded > 0.0 ? trade.revenue / (traded * (wage_bill + trade.revenue)) : 0.0;
    return std::abs(trade.earned - trade.paid) * std::max(1.0 / wage_bill, of_income);
}

}  // namespace detente
