// Scenarios: what is changed, in the order given, and the shock that comes of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "economy/economy.h"
#include "equilibrium/model.h"

namespace detente {

/// One change of tariffs on (importer, exporter, sector) lines. A region's trade with itself is never a line.
struct TariffChange {
    enum class Kind { rate, add, scale, add_column, rate_column };
    std::vector<int> importers, exporters, sectors;
    Kind kind = Kind::add;
    double value = 0.0;                      ///< rate, add: ad valorem (0.10 = 10 points); scale: a factor on the rate
    std::string column;                      ///< by sector, by region, or by exporter, importer and sector
    bool by_importer = false;                ///< a column by region is read at the importer, not at the exporter
    std::optional<double> minimum, maximum;  ///< the result is clamped to these
    Place place;                             ///< where it stands in the study
};

/// Iceberg trade costs times `factor` (0.9: a tenth cheaper).
struct TradeCostChange {
    std::vector<int> importers, exporters, sectors;
    double factor = 1.0;
    Place place;
};

/// Productivity times `factor` (the T of Eaton and Kortum: unit cost falls by factor^(-1/theta)).
struct ProductivityChange {
    std::vector<int> regions, sectors;
    double factor = 1.0;
    Place place;
};

struct Scenario {
    std::string name, title, description;
    std::string from = "base";  ///< the scenario whose changes come first
    std::vector<TariffChange> tariff;
    std::vector<TradeCostChange> trade_cost;
    std::vector<ProductivityChange> productivity;
    Place place;
};

/// The shock of `scenario` on top of the scenarios it comes from. Throws for unknown columns (nearest name) and
/// for rates that end at or below -100 %.
Shock build_shock(const Economy& economy, const std::vector<Scenario>& scenarios, const Scenario& scenario);

}  // namespace detente
