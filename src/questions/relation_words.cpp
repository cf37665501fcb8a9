// Relations in sentences, the same for every country.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "questions/challenge.h"
#include "questions/relation.h"
#include "report/words.h"
#include "study/run.h"

namespace detente {
namespace {

// A threshold to a tenth of a percent, rounded up: from there on it is so.
std::string percent_from(double share) {
    return fmt::format("{:.4g} %", std::ceil(1000.0 * share - 1e-6) / 10.0);
}
std::string rate_text(double rate) {
    return fmt::format("{:.3g} %", std::abs(rate) < 5e-6 ? 0.0 : 100.0 * rate);
}
std::string years_text(double years) {
    return years == 1.0 ? "one year" : fmt::format("{:.3g} years", years);
}

// One relation; every function adds the sentences of one of its answers.
class Words {
public:
    Words(const StudyResult& run, RelationAnswer& answer) : run_(run), a_(answer), q_(answer.question) {}

    void say() {
        if (!a_.report.agreement) return no_agreement();
        self_enforcement();
        window();
        named_answer();
        threshold();
        cooperation();
        answers();
        dialogue();
        learning();
        trust();
        transfers();
        escape();
        linkage();
        evidence();
    }

private:
    template <class... Args>
    void add(fmt::format_string<Args...> format, Args&&... arguments) {
        a_.words.push_back(fmt::format(format, std::forward<Args>(arguments)...));
    }
    std::string money(double value) const { return money_text(run_.base.world.unit, value); }
    std::string who(Side side) const { return player(a_.game, side); }
    double a_year(std::size_t k) const { return chance_a_year(a_.fidelity[k].mean, q_.period_years); }
    static std::size_t at(Side side) { return side == Side::a ? 0 : 1; }
    std::string tariffs(const double (&rate)[2], double paid) const {
        return fmt::format(
            "mean tariffs of {} by {} and {} by {}{}", rate_text(rate[0]), a_.game.player_a, rate_text(rate[1]),
            a_.game.player_b,
            a_.cooperation.moves_money ? fmt::format(", with {} of the money that it moves", percent_text(paid)) : "");
    }

    // What is said of a war that nobody need carry out is said as if it came to it.
    std::string as_given() const {
        const AgreementReport* r = a_.report.agreement ? &*a_.report.agreement : nullptr;
        return r == nullptr || r->without_noise.war_is_equilibrium
                   ? ""
                   : fmt::format(" and \"{}\" is taken to follow a breach", q_.war);
    }

    void no_agreement() {
        for (const Side side : sides) {
            const double regard = q_.relative_gains[at(side)];
            add("{} values \"{}\" at {} a year and \"{}\" at {}{}.", who(side), q_.cooperate,
                money(payoff(a_.own_view, side, keep_both)), q_.war, money(payoff(a_.own_view, side, war_both)),
                regard > 0.0 ? fmt::format(", counting {:.3g} of the other's gain as its own loss", regard) : "");
        }
        add("There is no agreement to keep: it must make both sides better off than the war.");
    }

    void self_enforcement() {
        const AgreementReport& r = *a_.report.agreement;
        for (const Side side : sides) {
            const std::size_t k = at(side);
            const SideEnforcement& one = r.without_noise.of(side);
            const std::string needs =
                one.critical
                    ? fmt::format("It keeps its word if the next period counts for at least {:.2f} of this one",
                                  *one.critical)
                    : std::string("No patience suffices: war for ever would cost it nothing");
            add("{}: keeping \"{}\" is worth {} a year over \"{}\"; breaking it would bring {} a year until the other "
                "answers. {}; at a discount rate of {:.3g} % and a chance of {:.3g} % a year that its government "
                "drops "
                "the relation it counts for {:.2f}.",
                who(side), q_.cooperate, money(one.temptation.loss()), q_.war, money(one.temptation.gain()), needs,
                100.0 * q_.discount_rate[k], 100.0 * q_.exit_hazard[k], a_.discount[k]);
        }
        if (!r.war_is_equilibrium)
            add("\"{}\" is no best answer of both to each other, so that nobody need carry it out: what it takes is "
                "said "
                "as if a breach were answered by it, and whether the agreement holds is judged without it.",
                q_.war);
        if (r.holding == Holding::assumed)
            add("The verdict is neither yes nor no but \"assumed\": by a threat that nobody need carry out it would "
                "hold.");
        if (!r.lapses_too_frequent.empty())
            add("With so many lapses no trade war sustains it: {}.", r.lapses_too_frequent);
    }

    // Were money to pass between them: a breach then costs what is not paid any more as well.
    void transfers() {
        const double needed = a_.report.agreement->critical_with_transfers;
        const double without = std::max(a_.report.agreement->without_noise.of(Side::a).critical.value_or(1.0),
                                        a_.report.agreement->without_noise.of(Side::b).critical.value_or(1.0));
        constexpr double the_same = 5e-3;
        if (needed < without - the_same)
            add("Could the two also pay each other, it would hold from where the next period counts for {:.2f} of this "
                "one, in place of {:.2f} (promises always carried out).",
                needed, without);
    }

    // Of the one answer to a breach that the study names.
    void named_answer() {
        if (!q_.answer_to_breach) return;
        const AnswerToBreach* const one = answer_of(a_.report.agreement->answers, *q_.answer_to_breach);
        add("The study asks for one answer to a breach, {}: {}.", named(*q_.answer_to_breach),
            one == nullptr                   ? "with such lapses there is none"
            : one->holds == Holding::yes     ? "by it the agreement holds, with " + kept(*one)
            : one->holds == Holding::assumed ? "by it the agreement would hold, and nobody need carry it out"
                                             : "it is not enough to hold the agreement");
    }

    void window() {
        const AgreementReport& r = *a_.report.agreement;
        const std::string used = fmt::format("{} {}, {} {} a year", a_.game.player_a, percent_text(a_year(0)),
                                             a_.game.player_b, percent_text(a_year(1)));
        if (r.verdict.threat == Threat::equilibria) {
            if (r.verdict.holds)
                return add(
                    "With promises carried out at the rate in use ({}), the agreement holds for both sides by the "
                    "hardest answers to a breach that are equilibria themselves.",
                    used);
            return add(
                "With promises carried out at the rate in use ({}), no answer to a breach that is an equilibrium "
                "itself "
                "was found to sustain the agreement; {} is nearest to breaking it.",
                used, who(r.without_noise.binding));
        }
        if (!r.verdict.holds)
            return add(
                "With promises carried out at the rate in use ({}), no length of trade war sustains the "
                "agreement{}; {} is nearest to breaking it.",
                used,
                r.verdict.holds_by_equilibria ? ", though harder answers that are equilibria themselves would" : "",
                who(r.without_noise.binding));
        const double peace = r.mean_peace * q_.period_years;
        add("With promises carried out at the rate in use ({}), the agreement holds for both sides: a breach must be "
            "answered by {} of trade war. Peace then lasts {}, and {} of the time is war.",
            used, r.window.from == forever ? std::string("a lasting one") : years_text(r.window.from * q_.period_years),
            std::isfinite(peace) ? years_text(peace) + " on average" : "for ever",
            percent_text(r.window.best->war_share));
    }

    void threshold() {
        const AgreementReport& r = *a_.report.agreement;
        const std::optional<double>& lowest = r.threshold.lowest;
        const bool assumed = r.verdict.threat == Threat::equilibria;
        if (!lowest && !assumed) return add("At this patience it does not hold even if every promise is carried out.");
        if (assumed && !r.verdict_without_lapses.holds)
            return add("At this patience no such answer was found even if every promise is carried out.");
        if (!lowest) return;
        add("{} lapses down to a fidelity of {:.3f} a year on both sides: below that, no length of trade war sustains "
            "it.",
            assumed ? "Were a breach answered by it nonetheless, it would survive" : "By trade wars alone it survives",
            chance_a_year(*lowest, q_.period_years));
    }

    // Today's most cooperative tariffs where full cooperation is out of reach, else what less patience holds up.
    void cooperation() {
        const CooperationCurve& c = a_.cooperation;
        constexpr double edge = 1e-3, more = 1.005;
        const char* not_war = "the war itself is no best answer of both sides to each other";
        if (c.nothing_now) {
            add("At the patience in use no tariffs hold that are worth \"{}\" to both sides: {}.", q_.war, not_war);
        } else if (c.now && c.now->share > more) {
            add("\"{}\" is not the most that holds at the patience in use{}: with every tariff between them free, each "
                "side could have at least {} of what it gives over \"{}\", by {}.",
                q_.cooperate, as_given(), percent_text(c.now->share), q_.war, tariffs(c.now->rate, c.now->paid));
        } else if (c.now && std::min(c.now->slack[0], c.now->slack[1]) < edge) {
            add("With promises always carried out{}, the best tariffs that the patience in use holds up give each side "
                "at least {} of what \"{}\" gives it over \"{}\": {}.",
                as_given(), percent_text(c.now->share), q_.cooperate, q_.war, tariffs(c.now->rate, c.now->paid));
        }
        const std::size_t half = (c.discount.size() - 1) / 2;
        constexpr double visibly_less = 0.02;  // figures are shown to a hundredth
        if (c.now && c.discount.size() > 2 &&
            std::min(a_.discount[0], a_.discount[1]) - c.discount[half] > visibly_less)
            add("Were the next period to count for only {:.2f} of this one, both could still keep at least {} of what "
                "\"{}\" gives over \"{}\", by {}, if promises are always carried out{}.",
                c.discount[half], percent_text(c.share[half]), q_.cooperate, q_.war,
                tariffs({c.rate[0][half], c.rate[1][half]}, c.paid[half]), as_given());
        if (!c.nothing.empty() && !c.nothing_now) {
            const double most = *std::max_element(c.nothing.begin(), c.nothing.end());
            add("Were the next period to count for {}, nothing would hold: {}.",
                most > 0.0 ? fmt::format("{:.2f} of this one or less", most) : std::string("nothing"), not_war);
        }
        if (c.failure.empty()) return;
        if (c.discount.empty()) return add("There is no curve of cooperation: {}.", c.failure);
        if (!c.now && !c.nothing_now)
            add("At the patience in use the most cooperative tariffs were not found: {}.", c.failure);
        if (!c.not_found.empty())
            add("At {} of {} degrees of patience the most cooperative tariffs were not found.", c.not_found.size(),
                c.not_found.size() + c.discount.size() + c.nothing.size());
    }

    static std::string named(AnswerKind kind) {
        switch (kind) {
            case AnswerKind::war:
                return "a trade war after every breach";
            case AnswerKind::random_war:
                return "a trade war after some breaches, chosen by chance";
            case AnswerKind::proportional:
                return "answers in proportion to the harm";
            case AnswerKind::best_equilibrium:
                return "the best of all equilibria";
            case AnswerKind::channelled_war:
                break;
        }
        return "a trade war after breaches that a channel calls intended";
    }
    std::string kept(const AnswerToBreach& one) const {
        return fmt::format("{} of the gain to {} and {} to {}", percent_text(one.kept_share[0]), who(Side::a),
                           percent_text(one.kept_share[1]), who(Side::b));
    }

    // The best that holds beside the plain war.
    void answers() {
        const AgreementReport& r = *a_.report.agreement;
        const AnswerToBreach* best = best_answer(r.answers);
        const AnswerToBreach* war = answer_of(r.answers, AnswerKind::war);
        if (best == nullptr || !(r.mean_peace < 1e300)) return;
        const char* assumed = best->holds == Holding::assumed ? " (an assumed threat)" : "";
        if (best != war) {
            add("Of the answers to a breach that hold, {}{} leave{} the most: {}, {} until the first answer on "
                "average, "
                "{} of the time under one{}.",
                named(best->kind), assumed, best->kind == AnswerKind::proportional ? "" : "s", kept(*best),
                years_text(*best->peace * q_.period_years), percent_text(*best->answer_share),
                war == nullptr || war->holds == Holding::no
                    ? ""
                    : fmt::format("; {} would leave {}", named(war->kind), kept(*war)));
        }
        if (const AnswerToBreach* point = answer_of(r.answers, AnswerKind::best_equilibrium))
            add("The best of all equilibria for both, as a rule another bargain, would leave {}; none that was found "
                "has a "
                "larger product of the two gains.",
                kept(*point));
    }

    // A channel between the two, which is what dialogue means.
    void dialogue() {
        const AgreementReport& r = *a_.report.agreement;
        if (!r.dialogue || !(r.dialogue->summits > 0.0)) return;
        const DialogueReport& d = *r.dialogue;
        if (!d.with.best)
            return add(
                "A channel between the two that tells lapses from intent with accuracy {} would not change that.",
                percent_text(d.accuracy));
        const WarReport& war = *d.with.best;
        const std::string peace = std::isfinite(war.mean_peace)
                                      ? years_text(war.mean_peace * q_.period_years) + " on average"
                                      : std::string("for ever");
        add("Were there a channel between the two that tells lapses from intent with accuracy {}, so that lapses need "
            "not "
            "be answered, {} of trade war would do after a breach that it calls intended{}: peace would last {}, and "
            "{} of "
            "the time would be war. Over {} that is worth {} a year to {} and {} to {}.",
            percent_text(d.accuracy),
            d.with.from == forever ? std::string("a lasting one") : years_text(d.with.from * q_.period_years),
            as_given(), peace, percent_text(war.war_share),
            d.without.holds ? std::string("such a war after every breach and no channel")
                            : fmt::format("\"{}\", since without a channel no such war holds it,", q_.war),
            money(d.worth[0]), who(Side::a), money(d.worth[1]), who(Side::b));
        // What a channel adds to what answering fewer breaches does by itself.
        if (d.coin[0] > 0.0 && d.coin[1] > 0.0)
            add("Of that a coin tossed after each breach would give {} and {}: answering only some of them is worth "
                "that "
                "by itself, and the rest is what the channel knows.",
                money(d.coin[0]), money(d.coin[1]));
        if (const AnswerToBreach* const best = best_answer(r.answers); best != nullptr && best->kind != AnswerKind::war)
            add("Over {}, which hold it best without a channel, it is worth {} a year to {} and {} to {}.",
                named(best->kind), money(d.value[0] - best->value[0]), who(Side::a), money(d.value[1] - best->value[1]),
                who(Side::b));
        for (const Side side : sides)
            if (!d.pays_from[at(side)]) add("No accuracy of such a channel would pay for {}.", who(side));
        if (d.pays_from[0] && d.pays_from[1])
            add("It pays for both from an accuracy of {} on.",
                percent_from(std::max(*d.pays_from[0], *d.pays_from[1])));
    }

    // One side's learning about the other, another thing.
    void learning() {
        for (const Side side : sides) {
            if (!a_.trust[at(side)]) continue;
            const double worth = a_.trust[at(side)]->dialogue.gain / q_.period_years;
            const double stake = a_.report.agreement->without_noise.of(side).temptation.loss();
            constexpr double nothing = 1e-5;  // of what is at stake
            add("If {} had to learn whether the other keeps its word at all, being told after each breach with "
                "accuracy {} "
                "would be worth {} to it.",
                who(side), percent_text(q_.accuracy),
                std::abs(worth) < nothing * stake ? std::string("next to nothing") : money(worth) + " a year");
        }
    }

    // What becomes of trust, and where it differs from what the relation says.
    void trust() {
        const bool holds = a_.holds();
        int cooperate = 0, asked = 0;
        for (const Side side : sides) {
            const auto& t = a_.trust[at(side)];
            if (!t) continue;
            ++asked;
            if (!t->solution.cooperates(q_.prior)) continue;
            ++cooperate;
            const LearningPath &good = t->learning.reciprocator, &bad = t->learning.opportunist;
            std::string text;
            // Whom it breaks with before it knows it does not come to know.
            constexpr double seldom = 5e-3;
            if (bad.learnt > 1.0 - seldom)
                text = fmt::format(" It would know one that breaks its word after {} on average.",
                                   years_text(bad.periods_to_learn * q_.period_years));
            else if (bad.learnt > seldom)
                text = fmt::format(" One that breaks its word it would know with a chance of {}, after {} on average.",
                                   percent_text(bad.learnt), years_text(bad.periods_to_learn * q_.period_years));
            add("{}, unsure at {} whether the other keeps its word unless provoked, begins by keeping its own; the "
                "chance "
                "that it breaks with a partner that would have kept it is {}.{}",
                who(side), percent_text(q_.prior), percent_text(good.broken), text);
        }
        for (const Side side : sides) {
            const auto& t = a_.trust[at(side)];
            if (!t) continue;
            if (t->concession.exists())
                add("A single concession of {} that costs it between {} and {} would show that it means to keep its "
                    "word, were peace for ever and no lapses to follow: one that does not would not pay as much.",
                    who(side), money(t->concession.low), money(t->concession.high));
            else
                add("No concession of {} would show that it means to keep its word: what a breach brings it at once is "
                    "more than what peace is worth to it over war.",
                    who(side));
        }
        reassurance();
        if (asked != 2) return;
        if (holds && cooperate == 0)
            add("Trust and the relation disagree: the agreement holds where both know that the other keeps it unless "
                "provoked, yet at a belief of {} that it does both would break it at once. The first asks whether a "
                "breach pays against a partner that answers; the second fears one that breaks its word whatever is "
                "done.",
                percent_text(q_.prior));
        // What is only assumed is neither.
        if (!holds && a_.answer_in_use() == nullptr && cooperate == 2)
            add("Trust and the relation disagree: at a belief of {} that the other keeps its word both would begin by "
                "keeping theirs, yet {} keeps both to the agreement. Trust asks of a partner that answers a breach "
                "once "
                "and for as long as it lasts; the relation asks of both at once, with every lapse answered.",
                percent_text(q_.prior),
                q_.answer_to_breach ? "nothing by the one answer that the study names" : "no answer to a breach");
    }

    // Kydd's question, asked once: is the other one that would rather keep the agreement too?
    void reassurance() {
        std::string pays;
        for (const Side side : sides) {
            const auto& t = a_.trust[at(side)];
            if (!t) continue;
            if (t->reassurance)
                add("Asked once and never again, {} would keep its word from a belief of {} on that the other does "
                    "(Kydd's threshold).",
                    who(side), percent_text(*t->reassurance));
            else
                pays += (pays.empty() ? "" : " or ") + who(side);
        }
        if (!pays.empty())
            add("Asked once and never again, no belief would make {} keep its word: a breach pays in the period "
                "(Kydd's "
                "threshold is none).",
                pays);
    }

    void escape() {
        if (!a_.escape && !q_.shock_factor.empty())
            return add(
                "What is at stake moves from period to period; which escape clause that needs is not said, since "
                "\"{}\" is "
                "no best answer of both to each other.",
                q_.war);
        if (!a_.escape) return;
        const EscapeClause& e = *a_.escape;
        if (!(e.scale.escape_share > 0.0))
            return add(
                "With what is at stake moving from period to period, the agreement can be kept in every state: "
                "no escape clause is needed.");
        if (e.scale.policy.minCoeff() > 1.0 - 1e-9)
            return add(
                "With what is at stake moving from period to period, no tariffs between \"{}\" and \"{}\" can "
                "be kept in any state: there is nothing to escape from.",
                q_.cooperate, q_.war);
        std::string states;
        for (std::size_t k = 0; k < e.factor.size(); ++k)
            states += fmt::format("{}{:.3g} times the usual stakes {} and {}", k == 0 ? "at " : "; at ", e.factor[k],
                                  rate_text(e.rate[0][k]), rate_text(e.rate[1][k]));
        add("With what is at stake moving from period to period the two together do best where less than the agreement "
            "is "
            "kept in {} of the periods (an escape clause), and a breach is answered by war for ever with a chance of "
            "{}: mean "
            "tariffs of {} and {} would be {}.",
            percent_text(e.scale.escape_share), percent_text(e.scale.answered), who(Side::a), who(Side::b), states);
    }

    void linkage() {
        if (!a_.linkage) return;
        add("Tied together with {}, if promises are always carried out{}, {}{}.", fmt::join(q_.linked, ", "),
            as_given(), a_.linkage->holds ? "all of it holds" : "not all of it holds",
            a_.linkage->link_helps ? ", where some part would not alone" : "");
        for (const std::string& name : q_.linked) {
            const auto& c = dynamic_cast<const ChallengeAnswer&>(need_answer(run_, name));
            std::vector<std::string> others;
            for (const std::string& one : c.question.contributors)
                if (one != a_.game.player_a && one != a_.game.player_b) others.push_back(one);
            if (c.question.worth)
                add("Beside tariffs one of the {} of \"{}\" counts as {} a year, as the study has it.", c.question.unit,
                    name, money(*c.question.worth));
            if (others.empty()) continue;
            const char* const are = others.size() == 1 ? "is" : "are";
            if (outsiders_of(c.question.challenge) == Outsiders::alone)
                add("In \"{}\" {} {} taken to do what serves each alone, whatever the two do.", name,
                    fmt::join(others, ", "), are);
            else
                add("In \"{}\" {} {} taken to do what serves all contributors best together for as long as the two "
                    "keep it, and to go back to what serves each alone once it is broken.",
                    name, fmt::join(others, ", "), are);
        }
    }

    void evidence() {
        for (const Side side : sides)
            if (const FidelityUsed& f = a_.fidelity[at(side)]; f.nothing_decided)
                add("Nothing that {} promised was decided by {}: its fidelity of {} is the assumption from which the "
                    "ledger starts, not evidence.",
                    who(side), to_string(q_.as_of), percent_text(f.mean));
            else if (!f.words.empty())
                add("{}", f.words);
    }

    const StudyResult& run_;
    RelationAnswer& a_;
    const RelationQuestion& q_;
};

}  // namespace

void add_words(const StudyResult& run, RelationAnswer& answer) {
    Words(run, answer).say();
}

}  // namespace detente
