// What was assumed, in sentences for a person who has never seen the program.
#include <fmt/format.h>

#include "study/relation_questions.h"
#include "study/run.h"

namespace detente {
namespace {

std::string ricardian(const ModelOptions& model) {
    std::string text = "Model: Caliendo and Parro (2015) with input-output links as in the data, perfect competition";
    if (model.scale_economies) text += " and external scale economies by sector";
    return text +
           ", labour mobile across sectors and not across regions, tariff revenue returned to the region that raises "
           "it.";
}

std::string krugman(const StudyResult& run) {
    std::string text =
        "Model: Ossa (2014): monopolistic competition with a fixed number of firms in every sector and region, so that "
        "profits stay; labour mobile across sectors and not across regions, no intermediate inputs, tariff revenue "
        "returned to the region that raises it.";
    if (run.study.economy.sigma.empty())
        text += " The economy has no elasticities of substitution: one plus its trade elasticity is taken.";
    return text;
}

std::string melitz(const StudyResult& run) {
    const ModelOptions& model = run.study.model;
    std::string text = fmt::format(
        "Model: Ignatenko, Lashkaripour, Macedoni and Simonovska (2025): one sector, firms choose where to sell, trade "
        "elasticity {:g}.",
        model.trade_elasticity);
    if (model.marketing_labour == MarketingLabour::none)
        return text +
               " Marketing costs are left out (the Eaton-Kortum-Krugman variant): trade deficits follow world "
               "income.";
    const World& w = run.base.world;
    const int own = w.regions.at(model.marketing_region);
    double other = 0.0;
    for (int j = 0; j < w.n_regions(); ++j)
        if (j != own) other = w.marketing_share[static_cast<std::size_t>(j)];
    return text + fmt::format(
                      " Of what a market sells, {:.3g} % pays for marketing by labour there in {} and {:.3g} % "
                      "elsewhere, so that trade deficits answer to policy.",
                      100.0 * w.marketing_share[static_cast<std::size_t>(own)], model.marketing_region, 100.0 * other);
}

std::string closure(const ModelOptions& model) {
    const std::string what = model.kind == ModelKind::melitz && model.marketing_labour == MarketingLabour::calibrated
                                 ? "The part of trade deficits that marketing does not explain"
                                 : "Trade deficits";
    const bool one = what[0] == 'T' && what[1] == 'h';
    switch (model.closure) {
        case Closure::fixed:
            return fmt::format("{} {} as observed in units of the numeraire, {} (closure \"fixed\").", what,
                               one ? "stays" : "stay", numeraire_name(model.kind));
        case Closure::world_share:
            return fmt::format("{} {} in proportion to world income (closure \"world_share\").", what,
                               one ? "moves" : "move");
        default:
            return fmt::format("{} {} removed, in the base and in every scenario (closure \"balanced\").", what,
                               one ? "is" : "are");
    }
}

}  // namespace

std::vector<std::string> model_assumptions(const StudyResult& run) {
    const Study& study = run.study;
    const ModelOptions& model = study.model;
    std::vector<std::string> list;
    list.push_back(model.kind == ModelKind::krugman  ? krugman(run)
                   : model.kind == ModelKind::melitz ? melitz(run)
                                                     : ricardian(model));
    if (model.labour_supply > 0.0)
        list.push_back(fmt::format(
            "Employment answers to the real wage after tax with elasticity {:g}; welfare is net of the cost of "
            "working.{}",
            model.labour_supply,
            model.revenue == Revenue::income_tax ? " Tariff revenue replaces an income tax of the same yield."
                                                 : " Tariff revenue is returned as a lump sum."));
    list.push_back(closure(model));
    list.emplace_back(
        "Every change is a comparison of two long-run equilibria: no time path, no unemployment, no capital flows.");
    list.push_back("Before anything is compared, the base is made an exact equilibrium: " + run.base.moved.text() +
                   ".");
    if (study.relation_questions && !study.relation_questions->relation.empty())
        list.emplace_back(
            "Lapses: what a government has chosen, be it a promise, a war or the answer to a breach, is carried out "
            "with "
            "the chance given by its fidelity; otherwise its best breach of the agreement is, without its leadership "
            "wanting it. A threat counts only where it would be carried out: a war that is no equilibrium of the stage "
            "game holds nothing up.");
    if (!study.economy.note.empty()) list.push_back("The economy's own note: " + study.economy.note);
    return list;
}

}  // namespace detente
