#include "equilibrium/trade_weights.h"

#include <algorithm>

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

// ln of the cost factor of one market's exporters, zero in the padding; false where nothing changed.
bool cost_change(const World& world, const Shock& shock, int j, int s, ArrayXd& log_factor) {
    const Index n = world.n_regions();
    const Eigen::Map<const ArrayXd> base(world.tariff.market(j, s), n);
    bool changed = false;
    if (!shock.tariff.empty()) {
        const Eigen::Map<const ArrayXd> rate(shock.tariff.market(j, s), n);
        if ((rate != base).any()) {
            // Where a rate stays, the ratio is exactly one and so is its power. The logarithm runs over whole vectors:
            // ratios first, into the padding's ones.
            log_factor.head(n) = (1.0 + rate) / (1.0 + base);
            log_factor.tail(log_factor.size() - n).setOnes();
            log_factor = world.pass_through[static_cast<std::size_t>(j)] * log_factor.log();
            changed = true;
        }
    }
    if (!shock.trade_cost.empty()) {
        const Eigen::Map<const ArrayXd> iceberg(shock.trade_cost.market(j, s), n);
        if ((iceberg != 1.0).any()) {
            if (!changed) log_factor.setZero();
            log_factor.head(n) += iceberg.log();
            changed = true;
        }
    }
    return changed;
}

}  // namespace

TradeWeights trade_weights(const kernels::Shape& shape, const ArrayXd& base_share, const World& world,
                           const Shock& shock) {
    const int n = shape.regions;
    const TradeTensor& tariff = shock.tariff.empty() ? world.tariff : shock.tariff;
    TradeWeights out{base_share,
                     {},
                     ArrayXd::Zero(shape.flat()),
                     std::vector<unsigned char>(static_cast<std::size_t>(shape.sectors), 0)};
    ArrayXd log_factor = ArrayXd::Zero(shape.padded);
    for (int s = 0; s < shape.sectors; ++s) {
        for (int j = 0; j < n; ++j) {
            Eigen::Map<ArrayXd> weight(out.gross.data() + (static_cast<Index>(s) * n + j) * shape.padded, shape.padded);
            if (cost_change(world, shock, j, s, log_factor))
                weight *= (-world.theta[static_cast<std::size_t>(s)] * log_factor).exp();
            if (!shock.productivity.empty())
                for (int i = 0; i < n; ++i) weight[i] *= shock.productivity(i, s);
            out.home[shape.at(j, s)] = weight[j];
            weight[j] = 0.0;
        }
    }
    out.net = out.gross;
    for (int s = 0; s < shape.sectors; ++s) {
        for (int j = 0; j < n; ++j) {
            const Eigen::Map<const ArrayXd> rate(tariff.market(j, s), n);
            if ((rate == 0.0).all()) continue;
            out.taxed[static_cast<std::size_t>(s)] = 1;
            out.net.segment((static_cast<Index>(s) * n + j) * shape.padded, n) /= 1.0 + rate;
        }
    }
    return out;
}

}  // namespace detente
