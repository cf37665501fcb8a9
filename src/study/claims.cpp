#include "study/claims.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "economy/money.h"
#include "study/run.h"

namespace detente {
namespace {

std::string name_of(const ClaimArgument& argument) {
    return argument.takes == ClaimArgument::Takes::question ? "the name of a " + argument.what : argument.what;
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789.+-eE ()*/") == std::string::npos;
}

// In words that fit what is compared: a number against a constant, or two numbers.
std::string overturn(const Truth& truth) {
    const DecidingComparison& d = truth.deciding;
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

// Whether an expression calls a function; what stands in quotes is a name and no call.
bool calls(const std::string& expression, const std::string& function) {
    bool quoted = false;
    std::string word;
    for (const char c : expression) {
        if (c == '\'' || c == '"') quoted = !quoted;
        if (!quoted && c == '(' && word == function) return true;
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')
            word += c;
        else if (c != ' ')
            word.clear();
    }
    return false;
}

bool calls_any(const DecidingComparison& d, const std::vector<std::string>& functions) {
    return std::any_of(functions.begin(), functions.end(),
                       [&](const std::string& f) { return calls(d.left_text, f) || calls(d.right_text, f); });
}

// Too small to matter, by the claim's own measure.
void weigh(const Claim& claim, const std::string& unit, bool is_money, ClaimAnswer& a) {
    if (!claim.at_least) return;
    const double dollars = dollars_in(unit), billion = dollars > 0.0 ? 1e9 / dollars : 1.0;
    const double matters = is_money ? *claim.at_least * billion : *claim.at_least;
    if (!(a.truth.margin < matters)) return;
    a.verdict = Verdict::negligible;
    a.reason = fmt::format("What decides it, {:.3g}, is less than the {:g} that the claim says would matter{}.",
                           is_money ? a.truth.margin / billion : a.truth.margin, *claim.at_least,
                           is_money ? (dollars > 0.0 ? " (billion US dollars)" : " (" + unit + ")") : "");
}

void add_once(std::string sentence, std::vector<std::string>& list) {
    if (!sentence.empty() && std::find(list.begin(), list.end(), sentence) == list.end())
        list.push_back(std::move(sentence));
}

// Yes or no: without a distance to the other, and words of its own where it is held against a number.
void decide_flag(const std::vector<std::string>& flags, ClaimAnswer& a) {
    const DecidingComparison& d = a.truth.deciding;
    const auto is_flag = [&](const std::string& text) {
        return std::any_of(flags.begin(), flags.end(), [&](const std::string& f) { return text.rfind(f, 0) == 0; });
    };
    a.truth.margin = 1.0;
    a.overturn = overturn(a.truth);
    if (!is_number(d.left_text) && !is_number(d.right_text)) return;
    const auto& [text, value] =
        is_flag(d.left_text) ? std::pair{d.left_text, d.left} : std::pair{d.right_text, d.right};
    a.overturn = fmt::format("It would turn if {}, which is now {}, became {}.", text, value > 0.5 ? "true" : "false",
                             value > 0.5 ? "false" : "true");
}

}  // namespace

const std::vector<std::string>& verdict_names() {
    static const std::vector<std::string> names = {"holds", "fails", "negligible", "undecided"};
    return names;
}

std::string to_string(Verdict verdict) {
    return verdict_names()[static_cast<std::size_t>(verdict)];
}

ClaimReader::ClaimReader(const Study& study) : study_(study), outcomes_(outcome_names(study)) {
    known_outcomes_.insert(outcomes_.begin(), outcomes_.end());
    for (ClaimFunction& function : claim_functions(study.question_kinds)) {
        names_.push_back(function.name);
        functions_.emplace(function.name, std::move(function));
    }
    std::sort(names_.begin(), names_.end());
}

Claim ClaimReader::read(std::string text, std::string holds, const Place& place, std::optional<double> at_least) const {
    Claim claim{std::move(text), holds, std::make_shared<const Expression>(holds, place, names_), place, at_least};
    ExpressionFunctions checks;
    for (const auto& entry : functions_)
        checks[entry.first] = [&, name = entry.first](const std::vector<ExpressionArgument>& arguments) {
            check(functions_.at(name), ClaimCall(name, arguments, place));
            return 0.0;
        };
    claim.expression->visit(checks);
    return claim;
}

void ClaimReader::check(const ClaimFunction& function, const ClaimCall& call) const {
    std::vector<ClaimArgument> takes = function.arguments;
    if (!function.repeats) call.at_most(takes.size());
    while (function.repeats && takes.size() < call.size()) takes.push_back(takes.back());
    // The question that the call is about, which says who its players are.
    const auto about = std::find_if(takes.begin(), takes.end(), [](const ClaimArgument& argument) {
        return argument.takes == ClaimArgument::Takes::question;
    });
    std::string question;
    if (about != takes.end()) {
        const std::vector<std::string> known = question_names(study_, about->blocks);
        const auto at = static_cast<std::size_t>(about - takes.begin());
        if (about->optional && known.empty())
            throw_input(call.place(), fmt::format("the study has no [{}] block", fmt::join(about->blocks, "] or [")));
        if (call.has(at))
            question = call.word(at, name_of(*about));
        else if (!known.empty())
            question = known.front();
    }
    for (std::size_t k = 0; k < takes.size() && (call.has(k) || !takes[k].optional); ++k) {
        if (takes[k].takes == ClaimArgument::Takes::year)
            check_year(call.number(k, name_of(takes[k])), question, call.place());
        else
            check_name(takes[k], call.word(k, name_of(takes[k])), question, call.place());
    }
}

void ClaimReader::check_year(double year, const std::string& question, const Place& place) const {
    const Question* asked = find_question(study_, question);
    if (asked == nullptr || asked->years.empty()) return;
    const std::vector<int>& years = asked->years;
    if (std::none_of(years.begin(), years.end(), [&](int one) { return one == year; }))
        throw_input({place, "no year of \"" + question + "\"", fmt::format("{}", year),
                     fmt::format("{} to {}", years.front(), years.back()), ""});
}

void ClaimReader::check_name(const ClaimArgument& argument, const std::string& name, const std::string& question,
                             const Place& place) const {
    const auto among = [&](const std::string& what, const std::vector<std::string>& list) {
        if (std::find(list.begin(), list.end(), name) == list.end()) throw_unknown_name(place, what, name, list);
    };
    switch (argument.takes) {
        case ClaimArgument::Takes::outcome:
            if (known_outcomes_.count(name) == 0) throw_unknown_name(place, "scenario or question", name, outcomes_);
            break;
        case ClaimArgument::Takes::region:
            study_.economy.regions.at(name, place);
            break;
        case ClaimArgument::Takes::question:
            among(argument.what, question_names(study_, argument.blocks));
            break;
        case ClaimArgument::Takes::choice:
            among(argument.what, argument.choices);
            break;
        case ClaimArgument::Takes::party:
            if (const Question* asked = find_question(study_, question)) among("player", asked->parties);
            break;
        case ClaimArgument::Takes::year:  // no name
            break;
    }
}

bool claims_ask(const Study& study, const std::string& function) {
    const auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    for (const Claim& claim : study.claims) {
        for (std::size_t at = claim.holds.find(function); at != std::string::npos;
             at = claim.holds.find(function, at + 1)) {
            const std::size_t end = claim.holds.find_first_not_of(' ', at + function.size());
            const bool begins = at == 0 || !letter(claim.holds[at - 1]);
            if (begins && end != std::string::npos && claim.holds[end] == '(') return true;
        }
    }
    return false;
}

std::vector<ClaimAnswer> check_claims(const StudyResult& run) {
    if (run.study.claims.empty()) return {};
    const ClaimOutcomes of(run);
    const std::vector<ClaimFunction> known = claim_functions(run.study.question_kinds);
    std::vector<std::string> flags, money;
    for (const ClaimFunction& function : known) {
        if (function.is_flag) flags.push_back(function.name);
        if (function.is_money) money.push_back(function.name);
    }
    std::vector<ClaimAnswer> list;
    for (const Claim& claim : run.study.claims) {
        ClaimAnswer a;
        a.text = claim.text, a.holds = claim.holds, a.at_least = claim.at_least;
        ExpressionFunctions functions;
        for (const ClaimFunction& f : known)
            functions[f.name] = [&of, &f, &claim, &a](const std::vector<ExpressionArgument>& arguments) {
                const ClaimCall call(f.name, arguments, claim.place);
                if (f.rests_on) add_once(f.rests_on(of, call), a.rests_on);
                const double value = f.value(of, call), natural = f.size(of, call);
                return ExpressionNumber(value,
                                        natural > 0.0 ? claim_resolution * std::max(natural, std::abs(value)) : 0.0);
            };
        try {
            a.truth = claim.expression->truth(functions);
            a.verdict = a.truth.holds ? Verdict::holds : Verdict::fails;
            a.overturn = overturn(a.truth);
            if (calls_any(a.truth.deciding, flags))
                decide_flag(flags, a);
            else
                weigh(claim, run.study.economy.unit, calls_any(a.truth.deciding, money), a);
        } catch (const Error& missing) {
            a.verdict = Verdict::undecided;
            a.reason = missing.what();
        }
        list.push_back(std::move(a));
    }
    return list;
}

}  // namespace detente
