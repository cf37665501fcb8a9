// Games as callers give them to games of the engine.
#pragma once

#include "detente/relation.h"
#include "relation/stage_game.h"

namespace detente::library {

/// The same game. Throws an input error (the field's name) where sizes do not fit or a payoff is not finite.
StageGame stage_game(const v1::Game& game);

}  // namespace detente::library
