// What was assumed, in sentences for a person who has never seen the program.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "economy/elasticity_set.h"
#include "equilibrium/model_table.h"
#include "report/uncertainty_words.h"
#include "report/words.h"

namespace detente {
namespace {

TransferWords transfer_words(const ModelOptions& model) {
    return model.model->transfers != nullptr ? model.model->transfers(model) : TransferWords{};
}

std::string closure(const ModelOptions& model) {
    const TransferWords words = transfer_words(model);
    const std::string& what = words.subject;
    const bool one = words.singular;
    switch (model.closure) {
        case Closure::fixed:
            return fmt::format("{} {} as observed in units of the numeraire, {} (closure \"fixed\").", what,
                               one ? "stays" : "stay", model.model->numeraire);
        case Closure::world_share:
            return fmt::format("{} {} in proportion to world income (closure \"world_share\").", what,
                               one ? "moves" : "move");
        default:
            return fmt::format("{} {} removed, in the base too (closure \"balanced\").", what, one ? "is" : "are");
    }
}

std::string all_sectors(const Economy& economy) {
    const auto goods = std::count(economy.goods.begin(), economy.goods.end(), 1);
    if (goods == 0)
        return "The economy does not say which sectors are goods: a tariff on all sectors is on every one of them, and "
               "so are averages of tariffs.";
    if (goods == economy.n_sectors()) return "All sectors of the economy are goods, where tariffs can apply.";
    return fmt::format(
        "A tariff on all sectors is on goods, the {} of {} sectors where tariffs can apply; services have one only "
        "where they are named. Averages of tariffs are over goods.",
        goods, economy.n_sectors());
}

// "USA +3.1 % to 0.0 %", the largest changes first.
std::string changed_deficits(const World& base, const Equilibrium& e) {
    constexpr double shown = 0.005;  // below it two decimals are 0, without a sign
    const auto rate = [&](double money, std::size_t j) {
        const double percent = 100.0 * money / base.income[j];
        return std::abs(percent) < shown ? 0.0 : percent;
    };
    const auto moved = [&](std::size_t j) { return std::abs(e.transfer[j] - base.transfer[j]) / base.income[j]; };
    std::vector<std::size_t> order(base.income.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return moved(a) > moved(b); });
    constexpr std::size_t most = 3;
    std::vector<std::string> parts;
    for (std::size_t k = 0; k < std::min(most, order.size()); ++k)
        parts.push_back(fmt::format("{} from {:+.2f} % to {:+.2f} %", base.regions[static_cast<int>(order[k])],
                                    rate(base.transfer[order[k]], order[k]), rate(e.transfer[order[k]], order[k])));
    return fmt::format("{}{}", order.size() > most ? "largest changes: " : "", fmt::join(parts, ", "));
}

// What the rates of a kind of schedule are.
std::string kind_in_words(const std::string& kind) {
    if (kind == "effective")
        return " Effective: the law with its exemptions and product lists, weighted by imports of the past; what is "
               "paid differs.";
    if (kind == "collected")
        return " Collected: duty over the value of what was imported, which is less of what is taxed most; the law "
               "asks for more.";
    return " Statutory: what the law asks for; what is paid is less.";
}

// Where the elasticities come from and how large they are; nothing where the economy does not say.
std::string elasticities(const Economy& economy) {
    if (economy.elasticities.empty()) return "";
    const auto mean = mean_trade_elasticity(economy);
    std::string text = "Trade elasticities: " + economy.elasticities + ".";
    if (mean && !economy.theta.empty()) {
        std::vector<double> goods;
        const std::vector<char> flags = tariff_sectors(economy);
        for (std::size_t s = 0; s < flags.size(); ++s)
            if (flags[s] != 0) goods.push_back(economy.theta[s]);
        const auto [low, high] = std::minmax_element(goods.begin(), goods.end());
        text += fmt::format(" Over {} they go from {:.3g} to {:.3g}, and their mean is {:.3g}.",
                            has_goods(economy) ? "goods" : "all sectors", *low, *high, *mean);
    }
    return text;
}

// Where a model has no intermediate inputs and the economy has.
std::string sales_as_income(double ratio) {
    return fmt::format(
        "Without intermediate inputs all that is sold is final and makes income: the world's income is {:.2g} times "
        "its value added in the data, and amounts of money are that much larger than under a model with inputs for "
        "the same percentage.",
        ratio);
}

}  // namespace

std::string movement_in_words(const StudyResult& run) {
    constexpr double rounding = 1e-10;
    const BaseMovement& moved = run.base.moved;
    if (std::max({moved.trade, moved.labour_income, moved.deficit}) < rounding)
        return fmt::format(
            "The economy is an exact equilibrium of the model as its file has it: the base differs from it by no more "
            "than {:.1g} of any flow, wage or deficit.",
            std::max({moved.trade, moved.labour_income, moved.deficit, std::numeric_limits<double>::epsilon()}));
    std::string text =
        "Before anything is compared, the base is made an exact equilibrium: " + run.base.moved.text() + ".";
    if (!run.base.moved.large()) return text;
    text +=
        " That is more than a hundredth of all flows: results compare with this base, not with the tables as they "
        "stand.";
    if (run.study.model.closure == Closure::balanced)
        text += " The deficits that closure \"balanced\" removes are part of it.";
    return text;
}

std::vector<std::string> deficits_in_words(const StudyResult& run) {
    const World& base = run.base.world;
    const std::string what = transfer_words(base.options).several;
    std::vector<std::string> list;
    constexpr std::size_t most = 8;  // a page of them is none that anybody reads; results.json has each
    std::size_t more = 0;
    for (const ScenarioResult& s : run.scenarios) {
        const bool other = closure_of(base, s.shock) != base.options.closure;
        if (!s.answered || (!other && s.shock.transfer.empty())) continue;
        if (list.size() >= most) {
            ++more;
            continue;
        }
        const Closure closure = closure_of(base, s.shock);
        std::string text =
            fmt::format("\"{}\": {} {} (closure \"{}\"), those of the base stay as they are", s.scenario.name, what,
                        closure == Closure::balanced ? "are removed"
                        : s.shock.transfer.empty()   ? "follow another closure"
                                                     : "are set",
                        to_string(closure));
        list.push_back(text + "; as shares of base income, " + changed_deficits(base, s.equilibrium) + ".");
    }
    if (more > 0) list.push_back(fmt::format("{} more scenarios set deficits or their closure.", more));
    return list;
}

std::vector<std::string> schedules_in_words(const Study& study) {
    std::vector<std::string> list;
    std::vector<std::string> said;  // what a kind means is said once
    for (const Scenario& scenario : study.scenarios) {
        for (const ScenarioSchedule& schedule : scenario.schedules) {
            std::string text = fmt::format("\"{}\" has the tariffs of the schedule \"{}\", {} rates of {}: {}.",
                                           scenario.name, schedule.name, schedule.kind, schedule.date, schedule.title);
            if (schedule.announced)
                text += fmt::format(" They are announced, not known: what the source knew ends on {}.",
                                    schedule.data_state);
            if (std::find(said.begin(), said.end(), schedule.kind) == said.end()) {
                said.push_back(schedule.kind);
                text += kind_in_words(schedule.kind);
            }
            list.push_back(std::move(text));
        }
    }
    return list;
}

std::optional<double> sales_over_income(const StudyResult& run) {
    const World& base = run.base.world;
    if (base.model().intermediate_inputs) return std::nullopt;
    const std::vector<double> earned = labour_income(run.study.economy);
    const double ratio = std::accumulate(base.income.begin(), base.income.end(), 0.0) /
                         std::accumulate(earned.begin(), earned.end(), 0.0);
    constexpr double noticeable = 1.05;
    return ratio > noticeable ? std::optional(ratio) : std::nullopt;
}

std::vector<std::string> assumptions_in_words(const StudyResult& run) {
    const Study& study = run.study;
    const ModelOptions& model = study.model;
    std::vector<std::string> list;
    const Model& row = *model.model;
    list.push_back("Model: " + row.title + row.assumptions(run.base.world, study.economy));
    if (const auto ratio = sales_over_income(run)) list.push_back(sales_as_income(*ratio));
    if (model.labour_supply > 0.0)
        list.push_back(fmt::format(
            "Employment answers to the real wage after tax with elasticity {:g}; welfare is net of the cost of "
            "working, and so is its worth in money.{}",
            model.labour_supply,
            model.revenue == Revenue::income_tax ? " Tariff revenue replaces an income tax of the same yield."
                                                 : " Tariff revenue is returned as a lump sum."));
    list.push_back(closure(model));
    list.emplace_back(
        "Every change under a scenario is a comparison of two equilibria, with everything settled as far as the trade "
        "elasticities let trade answer: no time path, no unemployment, no capital flows.");
    for (const std::string& sentence : deficits_in_words(run)) list.push_back(sentence);
    for (const std::string& sentence : schedules_in_words(study)) list.push_back(sentence);
    list.push_back(all_sectors(study.economy));
    if (std::string sentence = elasticities(study.economy); !sentence.empty()) list.push_back(std::move(sentence));
    list.push_back(movement_in_words(run));
    for (const auto& kind : study.question_kinds) {
        const auto& all = study.questions;
        const bool asked = std::any_of(all.begin(), all.end(), [&](const auto& q) { return q->kind == kind; });
        if (!asked || !kind->assumptions) continue;
        for (std::string& sentence : kind->assumptions(study)) list.push_back(std::move(sentence));
    }
    if (run.uncertainty)
        for (std::string& sentence : uncertainty_assumptions(run)) list.push_back(std::move(sentence));
    if (!study.economy.note.empty()) list.push_back("The economy's own note: " + study.economy.note);
    return list;
}

}  // namespace detente
