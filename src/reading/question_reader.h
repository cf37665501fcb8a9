// What the readers of questions share: players, numbers by player, instruments.
#pragma once

#include <string>
#include <vector>

#include "base/toml_reader.h"
#include "reading/question_reading.h"
#include "strategy/nash.h"
#include "study/study.h"

namespace detente {

/// A whole number in [low, high].
int whole(TomlReader& block, const std::string& key, int otherwise, int low, int high);
/// A number in [low, high].
double number_between(TomlReader& block, const std::string& key, double otherwise, double low, double high);
std::vector<int> read_players(TomlReader& block, const Study& study, std::size_t least);
/// A number for every player: absent, one for all, or { USA = 0.2, CHN = 0.1 }; each in [low, high].
std::vector<double> by_player(TomlReader& block, const std::string& key, const Study& study,
                              const std::vector<int>& players, double otherwise, double low = -1e300,
                              double high = 1e300);
/// Bounds and lines: `players` are those that "players" stands for.
Instruments read_instruments(TomlReader& block, const Study& study, int importer, const std::vector<int>& players,
                             bool reciprocated);
std::vector<double> read_weights(TomlReader& block, const Study& study, int region);
/// Largest number of policies of a game, with those between.
constexpr int most_policies = 64;
/// `steps`: policies between each of `named` policies and the next.
int read_steps(TomlReader& block, std::size_t named);

/// A weight on the rivals' gain; throws outside [0, 1].
double checked_relative_gains(double value, const Place& place);

}  // namespace detente
