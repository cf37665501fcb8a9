// What an economy's accounts say before a model is calibrated to them.
#pragma once

#include <string>
#include <vector>

#include "economy/economy.h"

namespace detente {

/// One line of the report: `fatal` findings are refused by the models.
struct Finding {
    bool fatal = false;
    std::string text;  ///< what, where, how large
};

/// What is wrong or odd about an economy. Residuals are shares.
struct CheckReport {
    std::vector<Finding> findings;
    double goods_market_residual = 0.0;  ///< largest |expenditure - (intermediate + final)| over the larger
    double value_added_residual = 0.0;   ///< largest |labour income - shares x output| over labour income
    double deficit_residual = 0.0;       ///< largest |deficit - (imports - exports)| over labour income
    /// Whether nothing fatal was found.
    bool solvable() const;
    /// The fatal findings on one line.
    std::string reasons() const;
    /// The whole report as text for a person.
    std::string text() const;
};

/// Accounting residuals, negative cells, zero rows, missing tables, shares that do not sum, names that nothing
/// refers to. Never throws for a bad number: it reports it.
CheckReport check_economy(const Economy& economy);

}  // namespace detente
