// What a counterfactual changes, in names.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "detente/export.h"

namespace detente {
DETENTE_V1_BEGIN
/// Names that a change applies to: regions or sectors, "*" for all, a group of the policy; for sectors also "goods"
/// and "services". In tariffs "*" means the sectors that tariffs can apply to.
using Names = std::vector<std::string>;

/// A change of tariffs on every line (importer, exporter, sector) of the names given; a region's trade with itself
/// is never one. Exactly one of `rate`, `add`, `scale`, `rate_column`, `add_column` and `schedule` is given.
///
///     policy.tariff.push_back({.importer = {"USA"}, .exporter = {"CHN"}, .add = 0.10});   // ten points more
struct TariffChange {
    Names importer = {"*"}, exporter = {"*"}, sector = {"*"};
    std::optional<double> rate = {};                ///< the rate itself, ad valorem (0.10 = 10 %)
    std::optional<double> add = {};                 ///< to the rate in force
    std::optional<double> scale = {};               ///< a factor on the rate in force
    std::string rate_column = {}, add_column = {};  ///< a free column of the economy, in place of one number
    /// A dated schedule by its name or the path of a CSV (docs/tariffs.md): its lines that are among the names given
    /// get the tariff of the economy plus the schedule's increase, whatever was in force.
    std::string schedule = {};
    bool column_of_importer = false;  ///< a column by region is read at the importer, not at the exporter
    std::optional<double> minimum = {}, maximum = {};  ///< the result is brought within these
};

/// Iceberg trade costs times `factor` (0.9: a tenth cheaper).
struct TradeCostChange {
    Names importer = {"*"}, exporter = {"*"}, sector = {"*"};
    double factor = 1.0;
};

/// Productivity times `factor`: the T of Eaton and Kortum (unit cost falls by factor^(-1/theta)).
struct ProductivityChange {
    Names region = {"*"}, sector = {"*"};
    double factor = 1.0;
};

/// Factor supply times `factor`: how much labour, with the capital that it works with, there is (1.05: 5 % more).
struct FactorSupplyChange {
    Names region = {"*"};
    double factor = 1.0;
};

/// What regions receive from abroad (their deficit; in `melitz` the part beyond marketing). Exactly one of the two
/// is given. What is left over goes to the regions not named, in proportion to base income.
struct DeficitChange {
    Names region = {"*"};
    std::optional<double> rate = {};   ///< the level over base income
    std::optional<double> scale = {};  ///< a factor on the base's
};

/// A counterfactual: changes applied in order to the base. An empty policy is the base itself.
struct Policy {
    std::vector<TariffChange> tariff = {};
    std::vector<TradeCostChange> trade_cost = {};
    std::vector<ProductivityChange> productivity = {};
    std::vector<FactorSupplyChange> factor_supply = {};
    std::vector<DeficitChange> deficit = {};
    std::string closure = {};  ///< of deficits, in place of the world's: "fixed", "world_share", "balanced"
    std::map<std::string, Names> groups = {};  ///< names for several regions or sectors
    /// Tariffs that the changes apply to in place of the base's: N x N x S rates, row-major (exporter, importer,
    /// sector); empty: the base's. What optimal tariffs, wars and talks return.
    std::vector<double> tariff_rates = {};
    /// What a deal moves between regions on top of all else, received, money; N numbers that sum to zero, or none.
    std::vector<double> payment = {};
};

DETENTE_V1_END
}  // namespace detente
