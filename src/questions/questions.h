// The questions of a study about governments, as read: [[optimal]], [[nash]], [[talks]], [[common_ground]].
#pragma once

#include <string>
#include <vector>

#include "strategy/common_ground.h"
#include "strategy/talks.h"

namespace detente {

/// What every question has.
struct Question {
    std::string name, title, description;
    std::string from = "base";  ///< the scenario or earlier question whose tariffs are in force
    Place place;
};

struct OptimalQuestion : Question {
    Player player;
    int starts = 3;
};

struct NashQuestion : Question {
    std::vector<Player> players;
    int starts = 1, deviations = 6;
};

struct TalksQuestion : Question {
    std::vector<Player> players;
    std::string threat = "base";  ///< scenario or question: what happens without a deal
    TalksMethod method = TalksMethod::nash_bargaining;
    bool frontier_only = false;  ///< method = "frontier": no deal is picked
    std::vector<double> power;
    bool transfers = false;
    int frontier = 0;  ///< points of the frontier to report; 0: none
};

struct CommonGroundQuestion : Question {
    std::vector<Objective> players;
    std::string settlement;  ///< scenario or question whose tariffs a settled issue gets
    std::vector<TariffIssue> issues;
    CommonGroundOptions options;
};

/// The shape of a relation: two players, each with the tariffs it has under one of several policies.
struct ShapeQuestion : Question {
    std::vector<int> players;
    std::vector<std::string> policies;  ///< scenarios or questions; a player's policy is its own tariffs there
    std::string cooperate, war;         ///< two of them
    int steps = 0;                      ///< policies between each and the next
};

/// Largest number of policies of a game, with those between.
constexpr int most_policies = 64;

struct Questions {
    std::vector<OptimalQuestion> optimal;
    std::vector<NashQuestion> nash;
    std::vector<TalksQuestion> talks;
    std::vector<CommonGroundQuestion> common_ground;
    std::vector<ShapeQuestion> game;
};

/// Names of all questions, in the order in which they are answered.
std::vector<std::string> question_names(const Questions& questions);

/// Names of the scenarios and questions that the question `name` refers to; empty where there is no such question.
std::vector<std::string> references(const Questions& questions, const std::string& name);

class TomlReader;
struct Study;

/// Reads the question blocks of a study whose economy, groups, model and scenarios have been read; every name is
/// resolved, and a reference must be to a scenario or to a question that is answered before.
Questions read_questions(TomlReader& root, const Study& study);

}  // namespace detente
