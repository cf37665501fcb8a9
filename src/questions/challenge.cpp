// [[challenge]]: what several must do together, each for itself and together.
#include "questions/challenge.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "economy/money.h"
#include "questions/question_kind.h"
#include "questions/rows.h"
#include "reading/question_reader.h"
#include "report/words.h"

namespace detente {
namespace {

ChallengeQuestion read_challenge(TomlReader& block, QuestionReading&) {
    ChallengeQuestion q;
    q.challenge.name = block.text("name");
    const std::vector<std::string>& kinds = challenge_names();
    const std::string kind = block.choice("kind", kinds, kinds[0]);
    q.challenge.kind = static_cast<ChallengeKind>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
    q.contributors = q.parties = block.names("contributors");
    q.challenge.benefit = block.numbers("benefit");
    q.challenge.cost = block.numbers("cost");
    q.challenge.harm = block.optional_number("harm").value_or(0.0);
    q.unit = block.optional_text("unit").value_or("");
    if (block.has("worth")) q.worth = number_between(block, "worth", 1.0, 1e-12, 1e12);
    for (const auto& [key, list] : {std::pair{"benefit", &q.challenge.benefit}, std::pair{"cost", &q.challenge.cost}})
        if (list->size() != q.contributors.size())
            throw_input({block.place(key), "one number for each contributor", std::to_string(list->size()),
                         std::to_string(q.contributors.size()), ""});
    for (const auto& [key, list] : {std::pair{"benefit", &q.challenge.benefit}, std::pair{"cost", &q.challenge.cost}})
        for (const double value : *list)
            if (!(value > 0.0 && value <= 1e12 && value >= 1e-12))
                throw_input(
                    {block.place(key), "out of range", fmt::format("{:g}", value), "between 1e-12 and 1e12", ""});
    if (q.challenge.kind == ChallengeKind::mutual_restraint && !(q.challenge.harm > 0.0 && q.challenge.harm <= 1e12))
        throw_input({block.place("harm"), "mutual restraint needs the harm that one side's effort does to each other",
                     "", "a positive number", ""});
    if (q.challenge.kind != ChallengeKind::mutual_restraint && block.has("harm"))
        throw_input(block.place("harm"), "harm belongs to mutual_restraint alone");
    if (q.contributors.size() >= 2) {
        try {
            solve_challenge(q.challenge);
        } catch (const Error& error) {
            throw_input(block.place(), error.what());
        }
    }
    if (q.contributors.size() < 2)
        throw_input(
            {block.place("contributors"), "too few", std::to_string(q.contributors.size()), "at least two", ""});
    return q;
}

void add_words(ChallengeAnswer& a) {
    const ChallengeQuestion& q = a.question;
    const std::string gain = money_text(a.question.unit, a.report.joint.total() - a.report.nash.total());
    const std::size_t count = q.contributors.size();
    if (q.challenge.kind == ChallengeKind::mutual_restraint) {
        // Restraint: too much is done alone, not too little.
        a.words.push_back(
            a.effort_joint > 0.0
                ? fmt::format("Each for itself, the {} contributors go {:.3g} times as far as serves them best "
                              "together; with restraint they would gain {} a year.",
                              count, a.effort_nash / a.effort_joint, gain)
                : fmt::format("It would serve the {} contributors best to hold back altogether; each for itself "
                              "does not. With restraint they would gain {} a year.",
                              count, gain));
    } else {
        a.words.push_back(
            fmt::format("Each for itself, the {} contributors do {} of what serves them best together; together "
                        "they would gain {} a year.",
                        count, a.effort_joint > 0.0 ? percent_text(a.effort_nash / a.effort_joint) : "all", gain));
    }
    if (a.report.several_equilibria)
        a.words.push_back(
            "Several outcomes sustain themselves: what each does depends on what it expects of the others; the best of "
            "them is shown.");
    if (a.report.stable_coalition > 0)
        a.words.push_back(
            fmt::format("Without outside enforcement a coalition of {} of them is stable.", a.report.stable_coalition));
}

void answer(const StudyResult&, const RunOptions&, ChallengeAnswer& a) {
    // Numbers that the study made up are no money of the economy's.
    if (a.question.unit.empty()) a.question.unit = illustrative_unit;
    a.report = solve_challenge(a.question.challenge);
    for (const double effort : a.report.nash.effort) a.effort_nash += effort;
    for (const double effort : a.report.joint.effort) a.effort_joint += effort;
    add_words(a);
}

Json json(const StudyResult&, const ChallengeAnswer& a) {
    Json out;
    if (!a.question.title.empty()) out["title"] = a.question.title;
    if (!a.question.description.empty()) out["description"] = a.question.description;
    if (!a.answered()) {
        out["status"] = "failed";
        out["error"] = a.error();
        return out;
    }
    out["words"] = a.words;
    out["kind"] = challenge_names()[static_cast<std::size_t>(a.question.challenge.kind)];
    out["contributors"] = a.question.contributors;
    out["unit"] = a.question.unit;
    if (a.question.worth) out["worth"] = *a.question.worth;
    out["nash"] = {{"effort", a.report.nash.effort}, {"payoff", a.report.nash.payoff}};
    out["joint"] = {{"effort", a.report.joint.effort}, {"payoff", a.report.joint.payoff}};
    if (a.effort_joint > 0.0) out["provision"] = a.effort_nash / a.effort_joint;
    out["stable_coalition"] = a.report.stable_coalition;
    return out;
}

std::string text(const StudyResult&, const ChallengeAnswer& a) {
    std::string out = wrapped(a.words);
    for (std::size_t k = 0; k < a.question.contributors.size(); ++k)
        out += fmt::format("  {:<12} effort alone {:>10.4g}, together {:>10.4g}; gain {:+.4g}\n",
                           a.question.contributors[k], a.report.nash.effort[k], a.report.joint.effort[k],
                           a.report.joint.payoff[k] - a.report.nash.payoff[k]);
    return out;
}

// Alone, or those who are named as one and the rest alone.
double provision(const ClaimOutcomes& of, const ClaimCall& call) {
    const auto& a = dynamic_cast<const ChallengeAnswer&>(of.answer(call, 0, {"challenge"}));
    if (!(a.effort_joint > 0.0)) throw Unavailable("together they would do nothing, so there is no share of it");
    if (call.size() == 1) return a.effort_nash / a.effort_joint;
    const Challenge& challenge = a.question.challenge;
    if (challenge.kind != ChallengeKind::aggregate_effort)
        throw Unavailable("what some do as one is solved for aggregate effort alone");
    const std::vector<std::string>& names = a.question.contributors;
    std::vector<std::size_t> members;
    for (std::size_t k = 1; k < call.size(); ++k) {
        const auto at = std::find(names.begin(), names.end(), call.word(k, "a contributor"));
        members.push_back(static_cast<std::size_t>(at - names.begin()));
    }
    const std::vector<double> effort = effort_with_coalition(challenge, members).effort;
    return std::accumulate(effort.begin(), effort.end(), 0.0) / a.effort_joint;
}

}  // namespace

std::optional<double> worth_in(const ChallengeQuestion& challenge, const std::string& money) {
    if (challenge.worth) return challenge.worth;
    const double same = money_in(challenge.unit, money);
    return same > 0.0 ? std::optional(same) : std::nullopt;
}

QuestionKind challenge_row() {
    QuestionKind kind =
        question_kind<ChallengeQuestion, ChallengeAnswer>({"challenge", read_challenge, answer, json, text});
    kind.outcome = QuestionKind::Outcome::none;
    ClaimArgument contributor = party_argument();
    contributor.what = "a contributor", contributor.optional = true;
    kind.claim_functions = {
        {"provision", {question_argument("challenge", {"challenge"}), contributor}, provision, size_of(1.0), true}};
    return kind;
}

}  // namespace detente
