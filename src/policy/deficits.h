// Deficits along a chain of scenarios: which closure is in force, and which levels have been set.
#pragma once

#include <vector>

#include "policy/scenario.h"

namespace detente {

/// The transfers of a scenario, gathered along the scenarios it comes from.
class Deficits {
public:
    explicit Deficits(const ScenarioBase& what);
    /// Takes the changes of `scenario` on and writes closure and transfers into the shock. Throws an input error for
    /// deficits where trade is balanced, for levels that leave a region without income, and where every region is named
    /// and the sum is not zero.
    void apply(const Scenario& scenario, Shock& shock);

private:
    Closure in_force() const;
    void check(const Scenario& scenario) const;
    void set(const DeficitChange& change);
    void spread(const Scenario& scenario);
    void refuse_without_income(const Scenario& scenario) const;

    const ScenarioBase& what_;
    std::optional<Closure> closure_;
    std::vector<double> level_;  // money by region; empty: as in the base
    std::vector<char> named_;    // by a change of this scenario or of one that it comes from
};

}  // namespace detente
