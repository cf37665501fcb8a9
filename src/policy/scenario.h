// Scenarios: what is changed, in the order given, and the shock that comes of it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "economy/economy.h"
#include "equilibrium/model.h"

namespace detente {

/// One change of tariffs on (importer, exporter, sector) lines. A region's trade with itself is never a line.
struct TariffChange {
    /// What becomes of a rate: set, raised by points, multiplied, or raised or set by a column of the economy.
    enum class Kind { rate, add, scale, add_column, rate_column };
    std::vector<int> importers, exporters, sectors;
    Kind kind = Kind::add;
    double value = 0.0;                      ///< rate, add: ad valorem (0.10 = 10 points); scale: a factor on the rate
    std::string column;                      ///< by sector, by region, or by exporter, importer and sector
    bool by_importer = false;                ///< a column by region is read at the importer, not at the exporter
    std::optional<double> minimum, maximum;  ///< the result is clamped to these
    Place place;                             ///< where it stands in the study
};

/// A bound of a tariff, checked: above -100 %, and no higher than tariffs can be. Throws an input error at `place`.
std::optional<double> tariff_bound(std::optional<double> bound, const Place& place);
/// Throws an input error at `place` where a change's lowest rate is above its highest.
void check_bounds(const TariffChange& change, const Place& place);

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

/// Factor supply times `factor`: there is more, or less, of what regions work with.
struct FactorSupplyChange {
    std::vector<int> regions;
    double factor = 1.0;
    Place place;
};

/// The deficit of regions: what they receive from abroad, which the closure governs (in `melitz` the part of the
/// deficit beyond marketing). All deficits sum to zero: what the changes of a scenario leave over is spread over the
/// regions that neither it nor a scenario it comes from names, in proportion to base income.
struct DeficitChange {
    /// Set as a share of base income, or multiplied.
    enum class Kind { rate, scale };
    std::vector<int> regions;
    Kind kind = Kind::scale;
    double value = 1.0;  ///< rate: level over base income; scale: a factor on the base's deficit
    Place place;
};

/// A dated schedule that a scenario takes its tariffs from: what is said of it beside the results.
struct ScenarioSchedule {
    std::string name, title, source;
    std::string date, data_state;  ///< YYYY-MM-DD: the day of the rates, and what the source knew
    std::string kind;              ///< "statutory", "effective" or "collected"
    bool announced = false;        ///< dated after what the source knew
};

/// A named list of changes on top of another scenario.
struct Scenario {
    std::string name, title, description;
    std::string from = "base";                ///< the scenario whose changes come first
    std::vector<ScenarioSchedule> schedules;  ///< that rates in `tariff` are from, in order
    std::vector<TariffChange> tariff;
    std::vector<TradeCostChange> trade_cost;
    std::vector<ProductivityChange> productivity;
    std::vector<FactorSupplyChange> factor_supply;
    std::optional<Closure> closure;  ///< without one that of `from`; `balanced`: no deficits here, whatever came before
    std::vector<DeficitChange> deficit;
    Place place;
};

/// What scenarios change: the economy as read, and where it has been calibrated the base. Without a base (`base` null)
/// levels of deficits are left out, and all else about them is checked.
struct ScenarioBase {
    const Economy& economy;
    const World* base = nullptr;
    ModelOptions model;       ///< where there is no base yet
    TradeTensor tariff = {};  ///< that changes apply to; empty: the economy's
};

/// The shocks of the scenarios that `wanted` marks (empty: all), each on top of the scenarios it comes from, handed to
/// `take` one by one, in any order that has parents first. Time grows with the number of scenarios, and no more shocks
/// are held at once than the logarithm of it. Throws for an unknown or circular `from`, for unknown columns (nearest
/// name), for rates that end at or below -100 % or above `highest_tariff`, for a factor supply that the model does not
/// have, and for deficits that cannot be.
void build_shocks(const ScenarioBase& what, const std::vector<Scenario>& scenarios, const std::vector<char>& wanted,
                  const std::function<void(std::size_t, const Shock&)>& take);

/// One of them: `scenario` is looked up by its name.
Shock build_shock(const Economy& economy, const std::vector<Scenario>& scenarios, const Scenario& scenario);

}  // namespace detente
