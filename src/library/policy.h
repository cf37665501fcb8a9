// Policies in names to shocks of a world.
#pragma once

#include "detente/policy.h"
#include "detente/world.h"
#include "equilibrium/model.h"
#include "policy/selection.h"

namespace detente::library {

/// The shock that `policy` is in `world`. Throws an input error whose key names the part: "tariff[2].importer".
Shock shock_of(const v1::World& world, const v1::Policy& policy);

/// A shock as a policy: tariffs by line, all else as changes on the lines that they are for.
v1::Policy policy_of(const World& world, const Shock& shock);

/// The groups of a policy, checked against the economy.
Groups groups_of(const Economy& economy, const v1::Policy& policy);

/// `from` with other tariffs in force, and money that changes hands.
v1::Policy with_result(const v1::Policy& from, const Shock& shock);

/// Row-major (exporter, importer, sector), as policies hold rates.
std::vector<double> row_major(const TradeTensor& tensor);

}  // namespace detente::library
