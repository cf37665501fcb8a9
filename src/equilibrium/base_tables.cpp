#include "equilibrium/base_tables.h"

#include <algorithm>

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

ArrayXd pad(const kernels::Shape& shape, const RegionSector& table) {
    ArrayXd flat = ArrayXd::Zero(shape.flat());
    for (int s = 0; s < shape.sectors && !table.empty(); ++s)
        for (int i = 0; i < shape.regions; ++i) flat[shape.at(i, s)] = table(i, s);
    return flat;
}

ArrayXd pad(const kernels::Shape& shape, const TradeTensor& tensor) {
    ArrayXd out = ArrayXd::Zero(static_cast<Index>(shape.sectors) * shape.regions * shape.padded);
    double* to = out.data();
    for (int s = 0; s < shape.sectors; ++s)
        for (int j = 0; j < shape.regions; ++j, to += shape.padded) std::copy_n(tensor.market(j, s), shape.regions, to);
    return out;
}

}  // namespace

BaseTables::BaseTables(const World& world)
    : shape(world.n_regions(), world.n_sectors()),
      beta(pad(shape, world.value_added_share)),
      alpha(pad(shape, world.final_share)),
      share(pad(shape, world.share)),
      expenditure(pad(shape, world.expenditure)),
      output(pad(shape, world.output)) {
    const int n = shape.regions, m = shape.sectors;
    // A sector that sells nothing to speak of has no scale to follow.
    constexpr double gone = 1e-25;  // of labour income
    for (int s = 0; s < m; ++s)
        for (int i = 0; i < n; ++i)
            if (double& made = output[shape.at(i, s)]; made < gone * world.labour_income[static_cast<std::size_t>(i)])
                made = 0.0;
    const std::vector<double>& inputs = world.input_share.data();
    if (std::any_of(inputs.begin(), inputs.end(), [](double share_of_cost) { return share_of_cost != 0.0; })) {
        gamma = ArrayXd::Zero(static_cast<Index>(m) * m * shape.padded);
        for (int s = 0; s < m; ++s)
            for (int k = 0; k < m; ++k)
                for (int i = 0; i < n; ++i)
                    gamma[(static_cast<Index>(s) * m + k) * shape.padded + i] = world.input_share(i, k, s);
    }
    const std::vector<double>& tariffs = world.tariff.data();
    const auto [low, high] = std::minmax_element(tariffs.begin(), tariffs.end());
    lowest_tariff = *low, highest_tariff = *high;
}

std::shared_ptr<const BaseTables> base_tables(const World& world) {
    if (!world.tables) world.tables = std::make_shared<const BaseTables>(world);
    return world.tables;
}

}  // namespace detente
