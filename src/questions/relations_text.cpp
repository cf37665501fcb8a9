// Relations, challenges and claims on the terminal.
#include <fmt/format.h>

#include "questions/relation_answers.h"

namespace detente {
namespace {

std::string heading(const std::string& name, const std::string& title) {
    return "\n" + name + (title.empty() ? "" : ": " + title) + "\n";
}

std::string optional_number(const std::optional<double>& value, const char* otherwise) {
    return value ? fmt::format("{:.4f}", *value) : otherwise;
}

std::string relation_text(const RelationAnswer& a) {
    std::string out = heading(a.question.name, a.question.title);
    if (!a.answered()) return out + "  FAILED: " + a.error + "\n";
    out += wrapped(a.words);
    out += payoff_table(a.game);
    if (!a.report.agreement) return out;
    const AgreementReport& r = *a.report.agreement;
    out += fmt::format("  {:<12} {:>18} {:>14} {:>14} {:>14} {:>22}\n", "side", "kind of game", "needs delta",
                       "has delta", "needs phi", "has phi");
    for (const Side side : sides) {
        const std::size_t k = side == Side::a ? 0 : 1;
        const FidelityUsed& f = a.fidelity[k];
        out += fmt::format("  {:<12} {:>18} {:>14} {:>14.4f} {:>14} {:>22}\n", player(a.game, side),
                           to_string(side == Side::a ? r.class_a : r.class_b),
                           optional_number(r.without_noise.of(side).critical, "none"), a.discount[k],
                           optional_number(a.threshold_by_side[k], "none"),
                           f.low < f.high ? fmt::format("{:.3f} [{:.3f}, {:.3f}]", f.mean, f.low, f.high)
                                          : fmt::format("{:.3f}", f.mean));
    }
    return out +
           fmt::format(
               "  holds with the fidelity in use: {}; phi* on both sides {}; set of lasting payoffs: {}, gap {:.1e}\n",
               a.holds() ? "yes" : "no", optional_number(r.threshold.lowest, "none"), to_string(a.report.set.status),
               a.report.set.gap);
}

std::string claim_text(const ClaimAnswer& a) {
    std::string out = fmt::format("  [{}] {}\n", to_string(a.verdict), a.question->text);
    const std::string more = a.verdict == Verdict::undecided ? a.reason : a.overturn;
    return out + wrapped({"  " + more});
}

}  // namespace

std::string relations_text(const StudyResult& run) {
    std::string out;
    for (const ChallengeAnswer& a : run.relation_answers->challenge) {
        out += heading(a.question.challenge.name, a.question.title) + wrapped(a.words);
        for (std::size_t k = 0; k < a.question.contributors.size(); ++k)
            out += fmt::format("  {:<12} effort alone {:>10.4g}, together {:>10.4g}; gain {:+.4g}\n",
                               a.question.contributors[k], a.report.nash.effort[k], a.report.joint.effort[k],
                               a.report.joint.payoff[k] - a.report.nash.payoff[k]);
    }
    for (const RelationAnswer& a : run.relation_answers->relation) out += relation_text(a);
    if (!run.relation_answers->claim.empty()) out += "\nclaims\n";
    for (const ClaimAnswer& a : run.relation_answers->claim) out += claim_text(a);
    return out;
}

}  // namespace detente
