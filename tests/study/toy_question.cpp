#include "toy_question.h"

#include <fmt/format.h>

#include "questions/governments.h"
#include "reading/question_reader.h"
#include "report/words.h"

namespace detente::test {
namespace {

struct SteeperQuestion : Question {
    int player = 0;
    double factor = 2.0;
};

struct SteeperAnswer : Answer {
    SteeperQuestion question;
    double mean = 0.0;
};

SteeperQuestion read(TomlReader& block, QuestionReading& reading) {
    SteeperQuestion q;
    q.from = reading.outcome(block, "from", "base");
    q.player = reading.study().economy.regions.at(block.text("player"), block.place("player"));
    q.factor = number_between(block, "factor", q.factor, 0.0, 10.0);
    q.parties = {reading.study().economy.regions[q.player]};
    return q;
}

void answer(const StudyResult& run, const RunOptions&, SteeperAnswer& a) {
    const World& w = run.base.world;
    Shock shock = shock_at(run, a.question.from);
    for (int s = 0; s < w.n_sectors(); ++s)
        for (int i = 0; i < w.n_regions(); ++i) shock.tariff(i, a.question.player, s) *= a.question.factor;
    a.outcome.shock = shock;
    a.outcome.equilibrium = solve(w, shock);
    a.words.push_back(
        fmt::format("Steeper by {:g}: {}.", a.question.factor,
                    gain_text(gain_against(a.outcome, need_outcome(run, a.question.from), a.question.player))));
}

Json json(const StudyResult& run, const SteeperAnswer& a) {
    Json out = answer_json(run, a);
    out["factor"] = a.question.factor;
    return out;
}

std::string text(const StudyResult&, const SteeperAnswer& a) {
    return wrapped(a.words);
}

double factor_of(const ClaimOutcomes& of, const ClaimCall& call) {
    return dynamic_cast<const SteeperAnswer&>(of.answer(call, 0, {"steeper"})).question.factor;
}

}  // namespace

QuestionKind steeper_row() {
    QuestionKind kind = question_kind<SteeperQuestion, SteeperAnswer>({"steeper", read, answer, json, text});
    kind.assumptions = [](const Study&) { return std::vector<std::string>{"Others keep their tariffs."}; };
    kind.claim_functions = {{"steepness", {question_argument("steeper tariff", {"steeper"})}, factor_of, size_of(0.0)}};
    return kind;
}

}  // namespace detente::test
