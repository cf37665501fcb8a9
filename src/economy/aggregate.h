// Merging regions and sectors.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "economy/economy.h"

namespace detente {

/// How rates of merged lines are averaged: by the flows on them, or each counting the same.
enum class TariffWeights { trade, simple };

/// Which old name goes into which new one; names left out keep their own. Order of new names: first appearance.
struct Concordance {
    std::map<std::string, std::string> regions;  ///< old -> new
    std::map<std::string, std::string> sectors;  ///< old -> new
    TariffWeights tariffs = TariffWeights::trade;
    std::string file;  ///< where the map stands, for errors
};

/// Reads MAP.toml: `[regions]` and `[sectors]` tables of `New = ["Old", ...]`, `tariffs = "trade" | "simple"`; or
/// MAP.csv: columns kind (region or sector), old, new, one row for each old name. Throws (file, line, nearest name).
Concordance read_concordance(const std::filesystem::path& path, const Economy& economy);

/// Sums flows exactly; averages tariffs (trade-weighted or simple), shares (by output or final demand) and
/// elasticities (by trade), and says in `note` what was averaged. Trade between merged regions becomes home sales.
/// The note ends with what was lost (`MergeLosses`).
Economy aggregate(const Economy& economy, const Concordance& concordance);

/// How much rates differ inside what was merged: the trade-weighted standard deviation around the mean of each new
/// cell, over all new cells with several members, and the new cell where it is largest.
struct Spread {
    bool merged = false;  ///< whether any new cell has several members with trade
    double deviation = 0.0, largest = 0.0;
    std::string where;
};

/// What merging lost. Flows, amounts, input use and deficits are kept; this is not.
struct MergeLosses {
    double border_trade = 0.0;      ///< trade between regions before, money
    double became_home = 0.0;       ///< of it between regions that are one now
    double revenue_before = 0.0;    ///< tariff revenue at the flows of the table, money
    double revenue_vanished = 0.0;  ///< of it on borders that are no more
    double revenue_after = 0.0;     ///< differs from before less vanished where tariffs are averaged simply
    Spread tariff, theta, sigma, psi;

    /// All of it in one sentence, for the note.
    std::string sentence() const;
    /// A small table for a person.
    std::string text(const std::string& unit) const;
};

/// Compares `merged`, made from `economy` by `concordance`, with it.
MergeLosses merge_losses(const Economy& economy, const Concordance& concordance, const Economy& merged);

}  // namespace detente
