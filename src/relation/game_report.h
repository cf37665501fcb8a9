// One question about a bare payoff matrix, answered: the kind of game, what holds the agreement up, and everything that
// could be agreed instead.
#pragma once

#include <optional>
#include <string>

#include "relation/agreement.h"
#include "relation/coco.h"
#include "relation/dialogue.h"
#include "relation/payoff_bounds.h"
#include "relation/public_strategy.h"
#include "relation/punishments.h"

namespace detente {

/// What is asked about a repeated game.
struct GameQuestion {
    double discount_a = 0.95, discount_b = 0.95;  ///< in (0, 1)
    double fidelity_a = 1.0, fidelity_b = 1.0;    ///< chance a period that a chosen policy is carried out
    ActionPair cooperate{-1, -1}, war{-1, -1};    ///< -1: to be found
    std::optional<double> accuracy;               ///< of a channel that is asked about beside the game without one
    Place roles_place = {};                       ///< where they are given, for errors
    /// The verdict and what it rests on alone: the set of equilibrium payoffs, which takes longer than all the rest, is
    /// left out where the war decides, and with it `fair`, `nash` and what other equilibria would hold up.
    bool verdict_alone = false;
};

/// What a verdict lets a breach be answered with. A threat counts only where it would be carried out: `war` where the
/// war is an equilibrium of the stage game (lapses included), and else whatever is itself an equilibrium of the
/// repeated game, the worst for whoever broke its word.
enum class Threat { war, equilibria };
const char* to_string(Threat threat);  ///< "war", "equilibria"

/// A verdict and the threat that it rests on.
struct Enforcement {
    Threat threat = Threat::war;
    bool holds = false;                ///< by that threat the agreement is self-enforcing
    bool holds_by_equilibria = false;  ///< by the hardest punishments that are certain to be equilibria
};

/// What the agreement rests on; only where the payoffs are a dilemma.
struct AgreementReport {
    Roles roles;
    GameClass class_a = GameClass::other, class_b = GameClass::other;
    SelfEnforcement without_noise;
    /// Whether the agreement holds under the given fidelity, and whether it would without lapses.
    Enforcement verdict, verdict_without_lapses;
    /// The same verdicts in one word: yes, no, or by a threat that is only assumed.
    Holding holding = Holding::no, holding_without_lapses = Holding::no;
    std::vector<AnswerToBreach> answers;  ///< to a breach, side by side; no wars where lapses are too frequent
    bool war_is_equilibrium = false;      ///< of the stage game with the lapses of the question
    ActionPair lapse;                     ///< what is done where a promise is not carried out
    double war_with_lapses[2] = {0.0,
                                 0.0};  ///< expected payoffs at war: what war asks as the agreement does lapses too
    double mean_peace = 0.0;            ///< periods from one visible breach to the next while both mean to keep it
    /// Forgiveness under the given fidelity, with the war taken as a given threat.
    ForgivenessWindow window;
    std::optional<StrategyValue> compensation;  ///< proportional answers in place of war; first state: peace
    FidelityThreshold threshold;                ///< same fidelity on both sides
    /// With the channel of the question; none where lapses are too frequent.
    std::optional<DialogueReport> dialogue;
    double relative_gains_a = 0.0, relative_gains_b = 0.0;  ///< rho* at which war looks as good
    double critical_with_transfers = 1.0;
    std::optional<BestAgreement> nash;  ///< best for both inside the set, from the war
    std::string lapses_too_frequent;  ///< why no war can sustain it, where lapses alone make it worth no more than war
};

/// The set of equilibrium payoffs. `bounds`: inner and outer polygon (noise, or unequal discounting); else exact.
struct SetReport {
    bool bounds = false, noisy = false;
    ConvexSet outer, inner;
    double area = 0.0, inner_area = 0.0, gap = 0.0;
    SetStatus status = SetStatus::converged;
};

/// Everything that is found about a repeated game; averaged payoffs a period in the game's unit.
struct GameReport {
    GameQuestion question;
    CocoValue coco;
    double conflict_share = 0.0;
    SetReport set;
    std::optional<AgreementReport> agreement;
    std::string no_dilemma;             ///< why there is no agreement to ask about
    std::optional<BestAgreement> fair;  ///< the point of the set nearest to the coco value
};

/// Largest number of action pairs for which the noisy set is computed: beyond it the set without noise is reported.
constexpr int most_noisy_pairs = 25;

/// Numbers that differ from 0 by rounding are 0. Throws an input error where numbers are out of range, or where roles
/// are given and are no dilemma; payoffs in which no agreement is found are an answer (`no_dilemma`).
GameReport report_game(const StageGame& game, const GameQuestion& question, const Job& job = {});

}  // namespace detente
