// Answers to the questions of a study about governments.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "questions/questions.h"
#include "relation/coco.h"
#include "relation/self_enforcement.h"
#include "study/run.h"

namespace detente {

/// A region's standing under two outcomes, money a year and percent.
struct Stake {
    int region = 0;
    double percent = 0.0;  ///< welfare against the other outcome
    double money = 0.0;    ///< base income times that
};

/// What every answer has: the outcome as a scenario (`outcome.answered` false and `outcome.error` where it failed),
/// and sentences for a person.
struct Answer {
    ScenarioResult outcome;
    std::vector<std::string> words;
};

struct OptimalAnswer : Answer {
    OptimalQuestion question;
    Optimum optimum;
};

/// Two players' best uniform rates against each other's uniform rate.
struct BestResponses {
    std::vector<double> rate;                   ///< of the other player
    std::vector<std::vector<double>> response;  ///< by player
};

struct NashAnswer : Answer {
    NashQuestion question;
    TradeWar war;
    std::optional<BestResponses> best_responses;  ///< for two players
};

struct TalksAnswer : Answer {
    TalksQuestion question;
    Talks talks;
    std::vector<FrontierPoint> frontier;
    std::vector<double> in_force, threat;  ///< players' utilities at `from` and at the threat
};

struct CommonGroundAnswer : Answer {
    CommonGroundQuestion question;
    CommonGround ground;
};

struct ShapeAnswer : Answer {
    ShapeQuestion question;
    StageGame game;  ///< money a year against the base; bystanders are all other regions
    Roles roles;
    CocoValue coco;
    double conflict_share = 0.0;
    std::optional<double> critical_discount[2];  ///< none where the roles are not a dilemma for the side
};

/// What a government can do: named, each with everything in force under it.
struct Policies {
    std::vector<std::string> names;
    std::vector<Shock> shocks;
    void add(std::string name, Shock shock) { names.push_back(std::move(name)), shocks.push_back(std::move(shock)); }
};
/// The same with `steps` points between each policy and the next: ln(1 + rate) of every line, and money that changes
/// hands, move evenly.
Policies with_points_between(const World& world, const Policies& policies, int steps);

/// Everything in force where A follows one policy and B another: their own tariffs as there, everyone else's, all trade
/// costs, deficits and their closure as in `others`; payments of a deal only where both follow the same (`together`).
Shock policy_pair(const World& world, const std::vector<int>& players, const Shock& of_a, const Shock& of_b,
                  const Shock& others, bool together);

/// Payoffs of every pair of policies, each a solved equilibrium: player A's tariffs as under one policy, B's as under
/// another, all else as in `others`; payments of a policy are made where both follow it.
/// Money a year against the base.
StageGame payoff_grid(const StudyResult& run, const std::vector<int>& players, const Policies& policies,
                      const Shock& others, int threads, const SolverOptions& solver);

struct Answers {
    std::vector<OptimalAnswer> optimal;
    std::vector<NashAnswer> nash;
    std::vector<TalksAnswer> talks;
    std::vector<CommonGroundAnswer> common_ground;
    std::vector<ShapeAnswer> game;
};

/// Answers every question asked for, in order; one that fails keeps its error and does not stop the others.
void answer_questions(StudyResult& run, const RunOptions& options);

/// The outcome of a scenario or question by name; "base" is the base itself. Null where there is none answered.
const ScenarioResult* find_outcome(const StudyResult& run, const std::string& name);
/// The shock of a scenario or question by name; throws a solve error where it was not answered.
Shock shock_at(const StudyResult& run, const std::string& name);

/// Every scenario and every question's outcome, in the order of the report; a game has the outcome of its agreement.
std::vector<const ScenarioResult*> all_outcomes(const StudyResult& run);
/// The same without games: each outcome once.
std::vector<const ScenarioResult*> outcomes(const StudyResult& run);

/// Sentences about who gains and who loses from one outcome to another, the same for every country.
std::vector<std::string> gains_in_words(const StudyResult& run, const ScenarioResult& outcome,
                                        const ScenarioResult& against, const std::vector<int>& players);

/// Sentences as lines of a terminal's width.
std::string wrapped(const std::vector<std::string>& sentences);
/// Payoffs of a game as a table, one side choosing the row, the other the column; amounts as `money_of` shows them.
std::string payoff_table(const StageGame& game);

std::string questions_text(const StudyResult& run);

}  // namespace detente
