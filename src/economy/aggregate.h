// Merging regions and sectors.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "economy/economy.h"

namespace detente {

enum class TariffWeights { trade, simple };

/// Which old name goes into which new one; names left out keep their own. Order of new names: first appearance.
struct Concordance {
    std::map<std::string, std::string> regions;  ///< old -> new
    std::map<std::string, std::string> sectors;  ///< old -> new
    TariffWeights tariffs = TariffWeights::trade;
};

/// Reads MAP.toml: `[regions]` and `[sectors]` tables of `New = ["Old", ...]`, `tariffs = "trade" | "simple"`.
Concordance read_concordance(const std::filesystem::path& path, const Economy& economy);

/// Sums flows exactly; averages tariffs (trade-weighted or simple), shares (by output or final demand) and
/// elasticities (by trade), and says in `note` what was averaged. Trade between merged regions becomes home sales.
Economy aggregate(const Economy& economy, const Concordance& concordance);

}  // namespace detente
