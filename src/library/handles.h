// What stands behind the handles of the public library: shared, immutable engine values.
#pragma once

#include <memory>

#include "detente/equilibrium.h"
#include "detente/world.h"
#include "economy/economy.h"
#include "equilibrium/model.h"
#include "study/run.h"

namespace detente::v1 {

/// What a handle of an economy shares.
struct Economy::Impl {
    std::shared_ptr<const detente::Economy> economy;
};

/// What a handle of a world shares: the base points into the study where it belongs to one.
struct World::Impl {
    Economy economy;
    std::shared_ptr<const Calibration> base;
    std::string model;
    Certificate certificate;
    BaseMovement moved;
};

/// What a handle of an equilibrium shares: its shock and results, as a scenario's.
struct Equilibrium::Impl {
    World world;
    std::shared_ptr<const ScenarioResult> outcome;
    Certificate certificate;
};

}  // namespace detente::v1

namespace detente::library {

/// The engine's value behind a handle.
inline const Economy& engine(const v1::Economy& economy) {
    return *economy.impl().economy;
}
/// The same of a world.
inline const World& engine(const v1::World& world) {
    return world.impl().base->world;
}
/// The same of an equilibrium.
inline const Equilibrium& engine(const v1::Equilibrium& equilibrium) {
    return equilibrium.impl().outcome->equilibrium;
}
/// What is in force in an equilibrium.
inline const Shock& shock_of(const v1::Equilibrium& equilibrium) {
    return equilibrium.impl().outcome->shock;
}

/// Handles around engine values; a shared pointer may point into a larger value that it keeps alive.
v1::Economy economy_handle(std::shared_ptr<const Economy> economy);
v1::World world_handle(v1::Economy economy, std::shared_ptr<const Calibration> base);
v1::Equilibrium equilibrium_handle(v1::World world, std::shared_ptr<const ScenarioResult> outcome);
/// The same for an equilibrium that has just been solved.
v1::Equilibrium equilibrium_handle(v1::World world, Shock shock, Equilibrium equilibrium);

/// A certificate as users see it.
v1::Certificate certificate_of(const Certificate& certificate);

}  // namespace detente::library
