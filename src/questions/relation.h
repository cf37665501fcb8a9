// [relation] of a study, and its answer: does the agreement last?
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "commitment/fidelity.h"
#include "commitment/ledger.h"
#include "diplomacy/cooperation_curve.h"
#include "diplomacy/escape_clause.h"
#include "relation/dialogue.h"
#include "relation/game_report.h"
#include "relation/linkage.h"
#include "relation/transfers.h"
#include "relation/trust.h"
#include "study/question.h"
#include "study/uncertainty.h"

namespace detente {

/// Does the agreement last? Two players, what they agreed and what happens otherwise.
struct RelationQuestion : Question {
    std::vector<Player> players;  ///< with the instruments of a deviation
    std::string cooperate, war;
    std::vector<std::string> policies;  ///< what each side can do besides: on the way from one to the other
    int steps = 0;                      ///< policies between each of these and the next
    double period_years = 0.5;          ///< between an action and the other's answer
    std::vector<double> discount_rate, exit_hazard;  ///< by player: a year; chance a year
    std::vector<double> fidelity;                    ///< by player, a chance a year; from the ledger where one is given
    std::vector<std::string> by_period;              ///< keys that the study gives as chances a period, as before
    std::string ledger;                              ///< path as given; empty: none
    std::shared_ptr<const Ledger> promises;          ///< of the ledger; null: none
    Date as_of{};
    FidelityPrior ledger_prior;                                       ///< of the estimate from the ledger
    FidelityReading ledger_reading = FidelityReading::graded_target;  ///< what a promise kept in part counts there
    std::vector<double> relative_gains;                               ///< by player
    std::optional<double> drawn_fidelity[2];  ///< by player, a year: in place of the ledger's estimate
    double prior = 0.5;                       ///< that the partner keeps its word unless provoked
    /// How a breach is answered, for the verdict and for claims that name no answer; none: whatever holds it best.
    std::optional<AnswerKind> answer_to_breach;
    double accuracy = 0.8;  ///< of a channel, and of a summit, about why a promise was broken
    /// States of the world that scale what is at stake, drawn anew every period; empty: none.
    std::vector<double> shock_factor, shock_probability;
    std::vector<std::string> linked;  ///< challenges that stand or fall with the agreement

    /// What the next period counts for to a player, of this one.
    double discount(std::size_t player) const;
};

/// A chance a period of `period_years` as the same a year, and back.
double chance_a_year(double a_period, double period_years);
double chance_a_period(double a_year, double period_years);

/// Fidelity as it enters: an estimate with its interval, or a number given.
struct FidelityUsed {
    double mean = 1.0, low = 1.0, high = 1.0;
    std::string source;
    std::string words = {};        ///< of an estimate: how much of it is the prior; empty: given
    bool nothing_decided = false;  ///< the ledger has no decided promise: the prior alone
};

/// One side's decision to trust the other.
struct TrustAnswer {
    TrustSolution solution;
    LearningReport learning;            ///< what becomes of a partner of either type
    SeparatingConcession concession;    ///< costs that tell the types apart, money now
    std::optional<double> reassurance;  ///< Kydd's threshold, where one is
    DialogueValue dialogue;             ///< at the study's accuracy, fidelity and prior; money a period
    std::vector<DialogueValue> table;   ///< how its value moves with each of them
    std::vector<double> belief_reciprocator, belief_opportunist;  ///< along one history with a partner of that type
};

/// What holds the agreement up, what is left of it, and what trust and dialogue are worth.
struct RelationAnswer : Answer {
    RelationQuestion question;
    StageGame game;      ///< money a year against the base; actions: agreement, best answer, war
    Shock best_answers;  ///< each side's tariffs where it answers the agreement as serves it best
    StageGame own_view;  ///< the same with relative gains: what incentives go by
    double discount[2] = {0.0, 0.0};
    FidelityUsed fidelity[2];
    GameReport report;
    std::optional<double> threshold_by_side[2];
    RegionMap map;  ///< over chances a period; its axes by the year:
    std::vector<double> map_fidelity_year, map_discount_year;
    std::vector<Eigen::Vector2d> feasible;
    CooperationCurve cooperation;
    std::optional<EscapeClause> escape;  ///< by state, where the study names shocks
    PeaceHistory history, history_with_dialogue;
    DialogueMap dialogue;  ///< where the agreement holds with a channel between the two
    std::optional<TrustAnswer> trust[2];
    std::optional<LinkageReport> linkage;
    /// What holds at which patience where the two may also pay each other; the same patience for both, no lapses.
    std::vector<TransferStage> transfer_stages;
    std::shared_ptr<const nlohmann::ordered_json> ledger;  ///< of `track_json`; null without a ledger
    /// The agreement holds with the fidelity in use.
    bool holds() const;
    /// The answer to a breach that claims take where they name none; null where none holds.
    const AnswerToBreach* answer_in_use() const;
};

/// What the files of this question share.
void answer_relation(const StudyResult& run, const RunOptions& options, RelationAnswer& answer);
/// Adds what an answer says, in sentences.
void add_words(const StudyResult& run, RelationAnswer& answer);
/// What of a relation is uncertain, and its figures over draws.
std::vector<UncertainInput> relation_inputs(const Question& question, const UncertaintySettings& settings);
std::vector<AnswerFigure> relation_figures(const StudyResult& run, const Answer& answer);
nlohmann::ordered_json relation_json(const StudyResult& run, const RelationAnswer& answer);
std::string relation_text(const StudyResult& run, const RelationAnswer& answer);
std::vector<ClaimFunction> relation_claims();

}  // namespace detente
