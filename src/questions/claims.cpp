// Claims: expressions over the results of a study, each with a verdict, its margin and what would turn it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "questions/relation_answers.h"

namespace detente {
namespace {

using Arguments = std::vector<ExpressionArgument>;

// What a function takes, for the check before anything is solved.
enum class Takes { outcome, trade_war, region, player, relation, challenge, any };
struct Signature {
    std::vector<Takes> needed, optional;
    bool more = false;  // the last one may be repeated
};

// The words and numbers of a call, in order.
class Call {
public:
    Call(std::string name, const Arguments& arguments, const Place& place)
        : name_(std::move(name)), arguments_(arguments), place_(place) {}

    std::string word(std::size_t k, const std::string& what) const {
        if (k >= arguments_.size())
            throw_input({place_, fmt::format("{}() needs {}", name_, what), "", "a name in quotes", ""});
        if (const auto* text = std::get_if<std::string>(&arguments_[k])) return *text;
        throw_input({place_, fmt::format("{}() takes {} there", name_, what), "a number", "a name in quotes", ""});
    }
    bool has(std::size_t k) const { return k < arguments_.size(); }
    std::size_t size() const { return arguments_.size(); }
    void takes(const Signature& signature) const {
        const std::size_t most = signature.needed.size() + signature.optional.size();
        if (!signature.more && size() > most)
            throw_input({place_, fmt::format("{}() has too many arguments", name_), std::to_string(size()),
                         fmt::format("at most {}", most), ""});
    }
    const Place& place() const { return place_; }

private:
    std::string name_;
    const Arguments& arguments_;
    const Place& place_;
};

class ClaimFunctions {
public:
    ClaimFunctions(const StudyResult& run, const RelationAnswers& answers) : run_(run), answers_(answers) {
        outcomes_.emplace("base", &run.base_outcome);
        for (const ScenarioResult* s : outcomes(run))
            if (s->answered) outcomes_.emplace(s->scenario.name, s);
    }

    ExpressionFunctions for_claim(const Place& place) const {
        ExpressionFunctions out;
        // What a result is known to: a share of its natural size, or of itself where it is larger.
        for (const auto& [name, function] : list()) {
            const auto number = [this, &name = name, &f = function, &place](const Arguments& arguments) {
                const Call call(name, arguments, place);
                call.takes(f.signature);
                const double value = (this->*f.get)(call), natural = (this->*f.size)(call);
                return ExpressionNumber(value, natural > 0.0 ? resolution * std::max(natural, std::abs(value)) : 0.0);
            };
            out[name] = number;
        }
        return out;
    }

    // A function of claims: what it takes, what it gives, and the size that its value is measured against.
    struct Function {
        Signature signature;
        double (ClaimFunctions::*get)(const Call&) const;
        double (ClaimFunctions::*size)(const Call&) const;
    };
    static const std::map<std::string, Function>& list() {
        using enum Takes;
        using F = ClaimFunctions;
        static const std::map<std::string, Function> functions = {
            {"welfare", {{{outcome, region}, {}}, &F::welfare, &F::percent}},
            {"ev", {{{outcome, region}, {}}, &F::ev, &F::income_of_region}},
            {"real_wage", {{{outcome, region}, {}}, &F::real_wage, &F::percent}},
            {"tariff_revenue", {{{outcome, region}, {}}, &F::tariff_revenue, &F::income_of_region}},
            {"tariff", {{{outcome, region}, {region}}, &F::tariff, &F::percent}},
            {"trade", {{{outcome, region, region}, {}}, &F::trade, &F::income_of_region}},
            {"world", {{{outcome}, {}}, &F::world, &F::income_of_all}},
            {"others", {{{outcome, region}, {}, true}, &F::others, &F::income_of_all}},
            {"nash_gap", {{{trade_war}, {}}, &F::nash_gap, &F::one}},
            {"conflict_share", {{{}, {any}}, &F::conflict_share, &F::percent}},
            {"critical_discount", {{{player}, {relation}}, &F::critical_discount, &F::percent}},
            {"discount", {{{player}, {relation}}, &F::discount, &F::given}},
            {"fidelity", {{{player}, {relation}}, &F::fidelity, &F::given}},
            {"fidelity_threshold", {{{}, {relation}}, &F::fidelity_threshold, &F::percent}},
            {"self_enforcing", {{{}, {relation}}, &F::self_enforcing, &F::given}},
            {"slack", {{{player}, {relation}}, &F::slack, &F::income_of_player}},
            {"gain_from_agreement", {{{player}, {relation}}, &F::gain, &F::income_of_player}},
            {"temptation", {{{player}, {relation}}, &F::temptation, &F::income_of_player}},
            {"cooperation", {{{}, {relation}}, &F::cooperation, &F::percent}},
            {"peace_years", {{{}, {relation}}, &F::peace_years, &F::percent}},
            {"value_of_dialogue", {{{player}, {relation}}, &F::dialogue, &F::income_of_player}},
            {"relative_gains_threshold", {{{player}, {relation}}, &F::relative, &F::percent}},
            {"provision", {{{challenge}, {}}, &F::provision, &F::one}},
        };
        return functions;
    }

private:
    // Equilibria are solved to a residual of 1e-12 (SolverOptions::tolerance), relative to incomes and prices; one
    // digit is left for what that becomes in a result.
    static constexpr double resolution = 1e-11;

    // Natural sizes: what a result is measured against. Money is part of an income.
    double given(const Call&) const { return 0.0; }
    double one(const Call&) const { return 1.0; }
    double percent(const Call&) const { return 100.0; }
    double income(int region) const { return std::abs(run_.base.world.income[static_cast<std::size_t>(region)]); }
    double income_of_region(const Call& call) const { return income(region(call, 1)); }
    double income_of_all(const Call&) const {
        double sum = 0.0;
        for (int j = 0; j < run_.base.world.n_regions(); ++j) sum += income(j);
        return sum;
    }
    double income_of_player(const Call& call) const {
        const RelationAnswer& a = relation(call, 1);
        return income(a.question.players[position(side(call, a))].objective.region);
    }

    const ScenarioResult& outcome(const Call& call, std::size_t k) const {
        const std::string name = call.word(k, "the name of a scenario or question");
        const auto found = outcomes_.find(name);
        if (found == outcomes_.end()) throw Unavailable("\"" + name + "\" was not answered");
        return *found->second;
    }
    int region(const Call& call, std::size_t k) const {
        return run_.study.economy.regions.at(call.word(k, "a region"), call.place());
    }
    double result(const Call& call, const char* key) const {
        const ScenarioResult& o = outcome(call, 0);
        const auto value = region_result(run_, o, region(call, 1), key);
        if (!value) throw Unavailable(fmt::format("{} is not part of this model", key));
        return *value;
    }
    double welfare(const Call& call) const { return result(call, "welfare_percent"); }
    double ev(const Call& call) const { return result(call, "ev"); }
    double real_wage(const Call& call) const { return result(call, "real_wage_percent"); }
    double tariff_revenue(const Call& call) const { return result(call, "tariff_revenue"); }

    // Mean rate in percent on what `importer` buys abroad in the base, from everyone or one exporter.
    double tariff(const Call& call) const {
        const ScenarioResult& o = outcome(call, 0);
        const World& w = run_.base.world;
        const int j = region(call, 1), from = call.has(2) ? region(call, 2) : -1;
        const std::vector<char> all = tariff_sectors(run_.study.economy);
        double sum = 0.0, weight = 0.0;
        for (int s = 0; s < w.n_sectors(); ++s) {
            if (all[static_cast<std::size_t>(s)] == 0) continue;
            for (int i = 0; i < w.n_regions(); ++i) {
                if (i == j || (from >= 0 && i != from)) continue;
                sum += w.flow(i, j, s) * o.equilibrium.tariff(i, j, s), weight += w.flow(i, j, s);
            }
        }
        return weight > 0.0 ? 100.0 * sum / weight : 0.0;
    }
    double trade(const Call& call) const {
        const ScenarioResult& o = outcome(call, 0);
        const int i = region(call, 1), j = region(call, 2);
        double sum = 0.0;
        for (int s = 0; s < run_.base.world.n_sectors(); ++s) sum += o.equilibrium.flow(i, j, s);
        return sum;
    }
    double money(const ScenarioResult& o, const std::vector<int>& without) const {
        double sum = 0.0;
        for (int j = 0; j < run_.base.world.n_regions(); ++j)
            if (std::find(without.begin(), without.end(), j) == without.end())
                sum += run_.base.world.income[static_cast<std::size_t>(j)] *
                       (o.equilibrium.welfare_hat[static_cast<std::size_t>(j)] - 1.0);
        return sum;
    }
    double world(const Call& call) const { return money(outcome(call, 0), {}); }
    double others(const Call& call) const {
        std::vector<int> without;
        for (std::size_t k = 1; k < call.size(); ++k) without.push_back(region(call, k));
        return money(outcome(call, 0), without);
    }
    double nash_gap(const Call& call) const {
        const std::string name = call.word(0, "the name of a trade war");
        for (const NashAnswer& a : run_.answers->nash)
            if (a.outcome.scenario.name == name && a.outcome.answered) return a.war.certificate.gap;
        outcome(call, 0);
        throw Unavailable("\"" + name + "\" is no trade war");
    }

    // The relation named by argument k, or the only one.
    const RelationAnswer& relation(const Call& call, std::size_t k) const {
        std::vector<std::string> known;
        for (const RelationQuestion& q : run_.study.relation_questions->relation) known.push_back(q.name);
        if (known.empty()) throw_input(call.place(), "the study has no [relation] block");
        const std::string name = call.has(k) ? call.word(k, "the name of a relation") : known.front();
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw_unknown_name(call.place(), "relation", name, known);
        for (const RelationAnswer& a : answers_.relation) {
            if (a.question.name != name) continue;
            if (!a.answered()) throw Unavailable("\"" + name + "\" was not answered: " + a.error);
            return a;
        }
        throw Unavailable("\"" + name + "\" was not answered");
    }
    const AgreementReport& kept(const RelationAnswer& a) const {
        if (!a.report.agreement) throw Unavailable("there is no agreement to keep: " + a.report.no_dilemma);
        return *a.report.agreement;
    }
    Side side(const Call& call, const RelationAnswer& a) const {
        const std::string who = call.word(0, "a player");
        if (who == a.game.player_a) return Side::a;
        if (who == a.game.player_b) return Side::b;
        throw_unknown_name(call.place(), "player", who, {a.game.player_a, a.game.player_b});
    }
    static std::size_t position(Side s) { return s == Side::a ? 0 : 1; }

    double conflict_share(const Call& call) const {
        if (call.has(0)) {
            const std::string name = call.word(0, "the name of a game or relation");
            for (const ShapeAnswer& a : run_.answers->game)
                if (a.outcome.scenario.name == name) {
                    if (!a.outcome.answered) throw Unavailable("\"" + name + "\" was not answered: " + a.outcome.error);
                    return a.conflict_share;
                }
        }
        return relation(call, 0).report.conflict_share;
    }
    double critical_discount(const Call& call) const {
        const RelationAnswer& a = relation(call, 1);
        // Where no patience suffices the threshold is 1, which nobody reaches.
        return kept(a).without_noise.of(side(call, a)).critical.value_or(1.0);
    }
    double discount(const Call& call) const {
        const RelationAnswer& a = relation(call, 1);
        return a.discount[position(side(call, a))];
    }
    double fidelity(const Call& call) const {
        const RelationAnswer& a = relation(call, 1);
        return a.fidelity[position(side(call, a))].mean;
    }
    // Where no fidelity suffices the threshold lies above 1.
    double fidelity_threshold(const Call& call) const {
        const RelationAnswer& a = relation(call, 0);
        constexpr double beyond = 1.0 + 1e-9;
        return a.report.agreement ? a.report.agreement->threshold.lowest.value_or(beyond) : beyond;
    }
    double self_enforcing(const Call& call) const { return relation(call, 0).holds() ? 1.0 : 0.0; }
    double slack(const Call& call) const {
        const RelationAnswer& a = relation(call, 1);
        return kept(a).without_noise.of(side(call, a)).slack;
    }
    // Of the agreement over the war, money a year: from the payoffs, so that it is there where the roles are no
    // dilemma.
    double gain(const Call& call) const {
        const RelationAnswer& a = relation(call, 1);
        const Side s = side(call, a);
        return payoff(a.game, s, keep_both) - payoff(a.game, s, war_both);
    }
    double temptation(const Call& call) const {
        const RelationAnswer& a = relation(call, 1);
        return deviation_gain(a.game, side(call, a), keep_both);
    }
    // Of the agreement's gains, by the best tariffs that hold; where nothing holds there is none.
    double cooperation(const Call& call) const {
        const RelationAnswer& a = relation(call, 0);
        kept(a);
        if (a.cooperation.now) return a.cooperation.now->share;
        if (a.cooperation.nothing_now) return 0.0;
        throw Unavailable("the most cooperative tariffs were not found: " + a.cooperation.failure);
    }
    double peace_years(const Call& call) const {
        const RelationAnswer& a = relation(call, 0);
        const AgreementReport& r = kept(a);
        if (!r.window.best) return 0.0;
        if (!std::isfinite(r.window.best->mean_peace)) throw Unavailable("peace never ends: it has no mean length");
        return r.window.best->mean_peace * a.question.period_years;
    }
    double dialogue(const Call& call) const {
        const RelationAnswer& a = relation(call, 1);
        const auto& t = a.trust[position(side(call, a))];
        if (!t) throw Unavailable("there is no agreement to talk about");
        return t->dialogue.gain / a.question.period_years;
    }
    double relative(const Call& call) const {
        const RelationAnswer& a = relation(call, 1);
        const Side s = side(call, a);
        const double threshold = relative_gains_threshold(a.game, {keep_both, war_both}, s);
        if (!std::isfinite(threshold))
            throw Unavailable("no weight on the other's gain makes war look as good as the agreement");
        return threshold;
    }
    double provision(const Call& call) const {
        const std::string name = call.word(0, "the name of a challenge");
        std::vector<std::string> known;
        for (const ChallengeAnswer& a : answers_.challenge) {
            known.push_back(a.question.challenge.name);
            if (known.back() != name) continue;
            if (!(a.effort_joint > 0.0))
                throw Unavailable("together they would do nothing, so there is no share of it");
            return a.effort_nash / a.effort_joint;
        }
        throw_unknown_name(call.place(), "challenge", name, known);
    }

    const StudyResult& run_;
    const RelationAnswers& answers_;
    std::unordered_map<std::string, const ScenarioResult*> outcomes_;
};

// The names that a claim may use.
struct ClaimNames {
    std::vector<std::string> outcomes = {"base"}, trade_wars, relations, challenges, games_and_relations;
    std::unordered_set<std::string> known_outcomes;  // there may be many of both, scenarios and calls
    ClaimNames(const Study& study, const RelationQuestions& questions) {
        for (const Scenario& s : study.scenarios) outcomes.push_back(s.name);
        for (const std::string& name : question_names(study.questions)) outcomes.push_back(name);
        known_outcomes.insert(outcomes.begin(), outcomes.end());
        for (const NashQuestion& q : study.questions.nash) trade_wars.push_back(q.name);
        for (const RelationQuestion& q : questions.relation) relations.push_back(q.name);
        games_and_relations = relations;
        for (const ShapeQuestion& q : study.questions.game) games_and_relations.push_back(q.name);
        for (const ChallengeQuestion& q : questions.challenge) challenges.push_back(q.challenge.name);
    }
};

void check_name(const Study& study, const RelationQuestions& questions, const ClaimNames& names, Takes takes,
                const std::string& name, const std::string& relation, const Place& place) {
    const auto among = [&](const char* kind, const std::vector<std::string>& list) {
        if (std::find(list.begin(), list.end(), name) == list.end()) throw_unknown_name(place, kind, name, list);
    };
    if (takes == Takes::outcome && names.known_outcomes.count(name) == 0)
        throw_unknown_name(place, "scenario or question", name, names.outcomes);
    if (takes == Takes::trade_war) among("trade war", names.trade_wars);
    if (takes == Takes::region) study.economy.regions.at(name, place);
    if (takes == Takes::relation) among("relation", names.relations);
    if (takes == Takes::any) among("game or relation", names.games_and_relations);
    if (takes == Takes::challenge) among("challenge", names.challenges);
    if (takes == Takes::player) {
        for (const RelationQuestion& q : questions.relation) {
            if (q.name != relation) continue;
            std::vector<std::string> players;
            for (const Player& p : q.players) players.push_back(study.economy.regions[p.objective.region]);
            among("player", players);
        }
    }
}

void check_call(const Study& study, const RelationQuestions& questions, const ClaimNames& names,
                const std::string& function, const Arguments& arguments, const Place& place) {
    const Signature& signature = ClaimFunctions::list().at(function).signature;
    const Call call(function, arguments, place);
    call.takes(signature);
    std::vector<Takes> takes = signature.needed;
    takes.insert(takes.end(), signature.optional.begin(), signature.optional.end());
    while (signature.more && takes.size() < call.size()) takes.push_back(signature.needed.back());
    const bool of_relation = std::find(takes.begin(), takes.end(), Takes::relation) != takes.end();
    if (of_relation && names.relations.empty()) throw_input(place, "the study has no [relation] block");
    const bool named = of_relation && call.size() == takes.size();
    const std::string relation = !of_relation ? ""
                                 : named      ? call.word(takes.size() - 1, "the name of a relation")
                                              : names.relations.front();
    for (std::size_t k = 0; k < takes.size(); ++k) {
        if (k >= call.size() && k >= signature.needed.size()) break;
        const char* const what[] = {"the name of a scenario or question",
                                    "the name of a trade war",
                                    "a region",
                                    "a player",
                                    "the name of a relation",
                                    "the name of a challenge",
                                    "a name"};
        check_name(study, questions, names, takes[k], call.word(k, what[static_cast<std::size_t>(takes[k])]), relation,
                   place);
    }
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789.+-eE ()*/") == std::string::npos;
}

// In words that fit what is compared: yes or no, a number against a constant, or two numbers.
std::string overturn(const Truth& truth) {
    const DecidingComparison& d = truth.deciding;
    for (const auto& [text, value] : {std::pair{d.left_text, d.left}, std::pair{d.right_text, d.right}})
        if (text.rfind("self_enforcing", 0) == 0 && (is_number(d.left_text) || is_number(d.right_text)))
            return fmt::format("It would turn if {}, which is now {}, became {}.", text, value > 0.5 ? "true" : "false",
                               value > 0.5 ? "false" : "true");
    if (truth.margin == 0.0)
        return fmt::format("It would turn as soon as {} moved off {}, where it stands now.",
                           is_number(d.left_text) ? d.right_text : d.left_text,
                           is_number(d.left_text) ? d.left_text : d.right_text);
    // Both sides to as many digits as tell them apart.
    const double scale = std::max(std::abs(d.left), std::abs(d.right));
    const int digits = scale > 0.0 && truth.margin > 0.0
                           ? std::clamp(static_cast<int>(std::ceil(std::log10(scale / truth.margin))) + 2, 3, 12)
                           : 4;
    const auto number = [&](double value) {
        return std::abs(value) >= 1000.0 ? fmt::format("{:.0f}", value) : fmt::format("{:.{}g}", value, digits);
    };
    if (is_number(d.right_text))
        return fmt::format("It would turn if {}, which is {}, came to {}.", d.left_text, number(d.left), d.right_text);
    if (is_number(d.left_text))
        return fmt::format("It would turn if {}, which is {}, came to {}.", d.right_text, number(d.right), d.left_text);
    return fmt::format("It would turn if {} = {} and {} = {} came to meet; they are {} apart.", d.left_text,
                       number(d.left), d.right_text, number(d.right), number(truth.margin));
}

bool is_flag(const DecidingComparison& d) {
    return d.left_text.rfind("self_enforcing", 0) == 0 || d.right_text.rfind("self_enforcing", 0) == 0;
}

void decide(ClaimAnswer& a) {
    a.verdict = a.truth.holds ? Verdict::holds : Verdict::fails;
    if (is_flag(a.truth.deciding)) a.truth.margin = 1.0;  // a yes or no has no distance
    a.overturn = overturn(a.truth);
}

}  // namespace

std::vector<std::string> claim_functions() {
    std::vector<std::string> names;
    for (const auto& entry : ClaimFunctions::list()) names.push_back(entry.first);
    return names;
}

void check_claim(const Study& study, const RelationQuestions& questions, const ClaimQuestion& claim) {
    const Place& place = claim.place;
    const ClaimNames names(study, questions);
    ExpressionFunctions checks;
    for (const auto& entry : ClaimFunctions::list())
        checks[entry.first] = [&, name = entry.first](const Arguments& arguments) {
            check_call(study, questions, names, name, arguments, place);
            return 0.0;
        };
    claim.expression.visit(checks);
}

std::string to_string(Verdict verdict) {
    return verdict == Verdict::holds ? "holds" : verdict == Verdict::fails ? "fails" : "undecided";
}

std::vector<ClaimAnswer> check_claims(const StudyResult& run, const RelationAnswers& answers) {
    const ClaimFunctions functions(run, answers);
    std::vector<ClaimAnswer> list;
    for (const ClaimQuestion& question : run.study.relation_questions->claim) {
        ClaimAnswer a;
        a.question = &question;
        const Place& place = question.place;
        try {
            a.truth = question.expression.truth(functions.for_claim(place));
            decide(a);
        } catch (const Error& missing) {
            a.verdict = Verdict::undecided;
            a.reason = missing.what();
        }
        list.push_back(std::move(a));
    }
    return list;
}

}  // namespace detente
