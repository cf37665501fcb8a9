// The questions of a study about the relation over time, as read: [relation], [[challenge]], [[claim]].
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/expression.h"
#include "questions/questions.h"
#include "relation/challenges.h"

namespace detente {

/// The name of the action that a relation adds: each side's best answer to the other's keeping the agreement.
constexpr const char* best_answer_name = "best answer";

/// Does the agreement last? Two players, what they agreed and what happens otherwise.
struct RelationQuestion : Question {
    std::vector<Player> players;  ///< with the instruments of a deviation
    std::string cooperate, war;
    std::vector<std::string> policies;  ///< what each side can do besides: on the way from one to the other
    int steps = 0;                      ///< policies between each of these and the next
    double period_years = 0.5;          ///< between an action and the other's answer
    std::vector<double> discount_rate, exit_hazard;  ///< by player: a year; chance a period
    std::vector<double> fidelity;                    ///< by player; from the ledger where one is given
    std::string ledger;                              ///< path as given; empty: none
    std::filesystem::path ledger_path;
    Date as_of{};
    std::vector<double> relative_gains;  ///< by player
    double prior = 0.5;                  ///< that the partner keeps its word unless provoked
    double accuracy = 0.8;               ///< of a summit about why a promise was broken
    /// States of the world that scale what is at stake, drawn anew every period; empty: none.
    std::vector<double> shock_factor, shock_probability;
    std::vector<std::string> linked;  ///< challenges that stand or fall with the agreement
};

struct ChallengeQuestion {
    std::string title, description;
    Challenge challenge;
    std::vector<std::string> contributors;
    std::string unit;
    Place place;
};

struct ClaimQuestion {
    std::string text, holds;
    Expression expression;
    Place place;
};

struct RelationQuestions {
    std::vector<RelationQuestion> relation;
    std::vector<ChallengeQuestion> challenge;
    std::vector<ClaimQuestion> claim;
};

/// Names of the functions that a claim can use.
std::vector<std::string> claim_functions();

/// Throws an input error where a claim uses a name that the study does not have, before anything is solved.
void check_claim(const Study& study, const RelationQuestions& questions, const ClaimQuestion& claim);

/// Reads the blocks; every name is resolved. `folder`: of the study, for relative paths.
RelationQuestions read_relation_questions(TomlReader& root, const Study& study, const std::filesystem::path& folder);

}  // namespace detente
