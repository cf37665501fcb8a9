// Answers to a breach, side by side: what each is called, whether it would be carried out, what it leaves of the
// agreement's gain to each side, and how long peace lasts under it.
//
// Source: Green and Porter (1984) for wars; Abreu, Milgrom and Pearce (1991) for wars that break out by chance; the
// WTO's principle of proportional answers; Nash's point of the set of equilibrium payoffs.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "relation/agreement.h"
#include "relation/dialogue.h"
#include "relation/public_strategy.h"

namespace detente {

/// Whether an agreement holds: `assumed` where it would if a breach were answered by the war, which is no equilibrium
/// itself, so that nobody need carry it out, while nothing that is an equilibrium was found to hold it.
enum class Holding { no, assumed, yes };
const char* to_string(Holding holding);  ///< "no", "assumed", "yes"

/// The kinds of answer, in the order in which they are listed.
enum class AnswerKind { war, random_war, proportional, best_equilibrium, channelled_war };
/// "war", "random-war", "proportional", "best-equilibrium", "channelled-war".
const char* to_string(AnswerKind kind);
/// Their names, in order.
std::vector<std::string> answer_names();

/// One way to answer a breach; averaged payoffs a period.
struct AnswerToBreach {
    AnswerKind kind = AnswerKind::war;
    Holding holds = Holding::no;
    std::array<double, 2> value{};       ///< of the agreement under it
    std::array<double, 2> kept_share{};  ///< (value - u_N)/(u(C,C) - u_N)
    int periods = 0;                     ///< of a war; 0 where it is none
    double probability = 1.0;            ///< that a breach is answered
    /// Periods until a breach is answered, and the long-run share of periods in which an answer is under way; none for
    /// a point of the set of payoffs, which names no play.
    std::optional<double> peace, answer_share;
};

/// What there is to compare; what is empty is left out.
struct AnswerInputs {
    const StageGame& game;
    const Roles& roles;
    /// None where lapses alone make the agreement worth no more than war: then no war is listed.
    const std::optional<NoisyAgreement>& agreement;
    const ForgivenessWindow& window;
    const std::optional<StrategyValue>& proportional;
    const std::optional<DialogueReport>& dialogue;
    const std::optional<BestAgreement>& nash;
    const Implementation& implementation;
    bool war_is_equilibrium = false;
    std::array<double, 2> promised{}, war{};  ///< payoffs of the agreement and at war, lapses counted in war
    double discount_a = 0.0, discount_b = 0.0;
};
/// A war that no length makes long enough is listed as `no`, lasting. The random war has the length of the shortest
/// that deters and breaks out with the least chance that still does: it is worth at least as much to both sides. Where
/// lapses make war as good as the agreement to the letter there is no gain of which to keep a share, and no list.
std::vector<AnswerToBreach> answers_to_breach(const AnswerInputs& inputs);

/// The best of those that hold without a channel that would first have to be built and of which play is known: highest
/// product of kept shares. Those that would be carried out come before those that are only assumed; none where none
/// holds.
const AnswerToBreach* best_answer(const std::vector<AnswerToBreach>& answers);
/// The one of a kind; none where it is not listed.
const AnswerToBreach* answer_of(const std::vector<AnswerToBreach>& answers, AnswerKind kind);
/// Chance that no breach is answered for so many periods.
double survival(const AnswerToBreach& answer, double periods);

}  // namespace detente
