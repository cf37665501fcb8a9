// Random economies that fit themselves exactly, for property and robustness tests.
#pragma once

#include <random>

#include "economy/economy.h"
#include "equilibrium/model.h"

namespace detente::testing {

struct RandomSpec {
    int min_regions = 2, max_regions = 15, min_sectors = 1, max_sectors = 12;
    double zero_flows = 0.2;      ///< chance that a border flow is zero
    double non_traded = 0.2;      ///< chance that a sector is not traded
    double empty_markets = 0.05;  ///< chance that a region neither makes nor uses a sector
    double min_theta = 0.6, max_theta = 50.0;
    double max_tariff = 10.0;  ///< 10 = 1000 %
    double min_iceberg = 0.5, max_iceberg = 5.0;
    bool tariffs = true, input_output = true;
};

/// Flows are drawn, input shares cut back until every market has final demand, and final shares follow: the
/// tables satisfy every accounting identity to rounding.
Economy random_economy(std::mt19937_64& random, const RandomSpec& spec = {});

/// Tariffs and iceberg factors drawn for every border, each with an even chance to change.
Shock random_shock(std::mt19937_64& random, const Economy& economy, const RandomSpec& spec = {});

/// One prohibitive rate or iceberg factor (10 to `max_rate`) around a region or between two blocks, in one direction or
/// in both, on every sector or on some; everything else stays.
Shock prohibitive_shock(std::mt19937_64& random, const Economy& economy, double max_rate = 1e9);

}  // namespace detente::testing
