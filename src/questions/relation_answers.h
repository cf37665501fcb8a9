// Answers about the relation over time, shared challenges, and claims.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "commitment/fidelity.h"
#include "questions/answers.h"
#include "questions/relation_questions.h"
#include "relation/game_report.h"
#include "relation/linkage.h"
#include "relation/shocks.h"
#include "relation/trust.h"

namespace detente {

/// Fidelity as it enters: an estimate with its interval, or a number given.
struct FidelityUsed {
    double mean = 1.0, low = 1.0, high = 1.0;
    std::string source;
    bool nothing_decided = false;  ///< the ledger has no decided promise: the prior alone
};

/// Peace and war along one history: by period, whether there is war, and who lapsed (1: A, 2: B, 3: both).
struct RelationHistory {
    std::vector<int> war, lapse;
    std::uint64_t seed = 1;
};

/// One side's decision to trust the other.
struct TrustAnswer {
    TrustSolution solution;
    DialogueValue dialogue;            ///< at the study's accuracy, fidelity and prior; money a period
    std::vector<DialogueValue> table;  ///< how its value moves with each of them
    std::vector<double> belief_reciprocator, belief_opportunist;  ///< along one history with a partner of that type
};

/// The most cooperative tariffs at the patience of the study, by side.
struct CooperationNow {
    double share = 0.0;  ///< of what the agreement gives each side over the war
    double paid = 0.0;   ///< part of the money that the agreement moves
    double rate[2] = {0.0, 0.0};
    double slack[2] = {0.0, 0.0};         ///< what a breach loses, as a share of the side's gain; 0: it binds
    double shadow_price[2] = {0.0, 0.0};  ///< rise of the share when a breach may gain that much
};

/// The most cooperative tariffs that war for ever holds up (strategy/cooperation.h), by a common discount factor: from
/// none, where only best answers to best answers hold, to full cooperation.
struct CooperationCurve {
    std::vector<double> discount, share, paid;
    std::vector<double> rate[2];          ///< mean rates of each side there, weighted by trade
    bool moves_money = false;             ///< the agreement moves money
    std::optional<double> full_discount;  ///< from which on full cooperation holds
    std::vector<double> nothing;          ///< discount factors at which nothing holds (nor below)
    std::optional<CooperationNow> now;
    bool nothing_now = false;                    ///< nothing holds at the patience of the study
    double violation = 0.0, stationarity = 0.0;  ///< the largest of the certificates of the points given
    std::vector<double> not_found;               ///< discount factors at which the search did not end
    std::string failure;                         ///< why, of one of them, of `now`, or of the curve
};

struct RelationAnswer {
    RelationQuestion question;
    std::string error;  ///< why it was not answered; empty where it was
    std::vector<std::string> words;
    StageGame game;      ///< money a year against the base; actions: agreement, best answer, war
    StageGame own_view;  ///< the same with relative gains: what incentives go by
    double discount[2] = {0.0, 0.0};
    FidelityUsed fidelity[2];
    GameReport report;
    std::optional<double> threshold_by_side[2];
    RegionMap map;
    std::vector<Eigen::Vector2d> feasible;
    CooperationCurve cooperation;
    std::optional<EscapePolicy> escape;  ///< by state, where the study names shocks
    RelationHistory history;
    std::optional<TrustAnswer> trust[2];
    std::optional<LinkageReport> linkage;
    std::shared_ptr<const nlohmann::ordered_json> ledger;  ///< of `track_json`; null without a ledger
    bool answered() const { return error.empty(); }
    /// The agreement holds with the fidelity in use.
    bool holds() const { return report.agreement && report.agreement->verdict.holds; }
};

struct ChallengeAnswer {
    ChallengeQuestion question;
    ChallengeReport report;
    std::vector<std::string> words;
    double effort_nash = 0.0, effort_joint = 0.0;  ///< sums
};

enum class Verdict { holds, fails, undecided };
struct ClaimAnswer {
    const ClaimQuestion* question = nullptr;
    Verdict verdict = Verdict::undecided;
    Truth truth;
    std::string reason;    ///< why undecided
    std::string overturn;  ///< what would turn the verdict
};

struct RelationAnswers {
    std::vector<RelationAnswer> relation;
    std::vector<ChallengeAnswer> challenge;
    std::vector<ClaimAnswer> claim;
};

/// Traces the curve. A search that fails is left out and named: the rest of the answer stands without it.
CooperationCurve cooperation_curve(const StudyResult& run, const RelationQuestion& question,
                                   const double (&discount)[2], const RunOptions& options);

/// The actions of a relation's stage game: both keep the agreement, answer it as serves them best, or fight.
constexpr int agreement_action = 0, best_answer_action = 1, war_action = 2;
constexpr ActionPair keep_both{agreement_action, agreement_action}, war_both{war_action, war_action};

/// Adds what an answer says, in sentences.
void add_words(const StudyResult& run, RelationAnswer& answer);
void add_words(ChallengeAnswer& answer);

/// Answers challenges, relations and then claims. A relation that fails keeps its error; a claim about what was not
/// answered is undecided.
void answer_relations(StudyResult& run, const RunOptions& options);

/// Verdicts of the study's claims from its answers.
std::vector<ClaimAnswer> check_claims(const StudyResult& run, const RelationAnswers& answers);
std::string to_string(Verdict verdict);

std::string relations_text(const StudyResult& run);
void add_relations(const StudyResult& run, nlohmann::ordered_json& results);

}  // namespace detente
