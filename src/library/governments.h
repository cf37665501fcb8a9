// Governments in names to players of the engine's searches.
#pragma once

#include <vector>

#include "detente/strategy.h"
#include "strategy/nash.h"
#include "strategy/talks.h"

namespace detente::library {

/// One government by itself. Groups of `from` can name its partners.
Player player_of(const v1::World& world, const v1::Government& government, const v1::Policy& from);
/// Governments that face each other: two or more, each once.
std::vector<Player> players_of(const v1::World& world, const std::vector<v1::Government>& governments,
                               const v1::Policy& from);

/// The engine's settings of one government's search. Throws an input error for what is out of range; so do the others.
OptimumOptions search_of(const v1::SearchOptions& options);
/// The same of a trade war.
NashOptions war_of(const v1::SearchOptions& options);
/// The same of talks between that many players.
TalksOptions talks_of(const v1::TalksOptions& options, std::size_t players);

/// Throws an input error where an equilibrium belongs to another world.
void require_same_world(const v1::World& world, const v1::Equilibrium& equilibrium, const char* argument);

}  // namespace detente::library
