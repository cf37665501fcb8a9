#include "study/variants.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/threads.h"
#include "study/run.h"

namespace detente {
namespace {

VariantAnswer summary(const StudyResult& run) {
    VariantAnswer a;
    a.regions = run.study.economy.regions;
    for (const ScenarioResult* s : outcomes(run)) {
        VariantOutcome one{s->scenario.name, {}, s->error};
        if (s->answered)
            for (const double hat : s->equilibrium.welfare_hat) one.welfare_percent.push_back(100.0 * (hat - 1.0));
        a.outcomes.push_back(std::move(one));
    }
    for (const auto& answer : run.answers)
        if (answer->kind->outcome != QuestionKind::Outcome::own && !answer->answered())
            a.unanswered.push_back(answer->name() + ": " + answer->error());
    a.claims = run.claims;
    return a;
}

VariantAnswer answered(const Variant& variant, const RunOptions& options) {
    VariantAnswer a;
    try {
        a = summary(run_study(*variant.study, options));
    } catch (const Error& error) {
        a.error = error.what();
    }
    a.name = variant.name, a.title = variant.title, a.description = variant.description;
    return a;
}

}  // namespace

bool VariantAnswer::complete() const {
    return error.empty() && unanswered.empty() &&
           std::all_of(outcomes.begin(), outcomes.end(), [](const VariantOutcome& o) { return o.error.empty(); });
}

void answer_variants(StudyResult& run, const RunOptions& options) {
    const std::vector<Variant>& variants = run.study.variants;
    if (variants.empty()) return;
    run.variants.resize(variants.size());
    JobSteps steps(options.job, "variants", static_cast<int>(variants.size()));
    // Each in one thread: they are of a size, and there are more of them than of what one can do at once.
    RunOptions alone = options;
    alone.threads = 1;
    alone.verdicts_alone = true;
    alone.job = options.job.silent();
    for_each_index(variants.size(), options.threads, [&](std::size_t k) {
        run.variants[k] = answered(variants[k], alone);
        steps.advance();
    });
}

ClaimVariants claim_variants(const StudyResult& run, std::size_t k) {
    ClaimVariants out;
    const Verdict own = run.claims[k].verdict;
    const auto count = [&](Verdict verdict) {
        int* const counts[] = {&out.holds, &out.fails, &out.negligible, &out.undecided};
        ++*counts[static_cast<std::size_t>(verdict)];
    };
    count(own);
    for (const VariantAnswer& variant : run.variants) {
        const Verdict verdict = variant.verdict(k);
        count(verdict);
        if (verdict != own) out.turned.push_back(variant.name);
    }
    out.robust = !run.variants.empty() && out.turned.empty() && own != Verdict::undecided;
    return out;
}

std::string claim_variants_in_words(const StudyResult& run, std::size_t k) {
    if (run.variants.empty()) return "";
    const ClaimVariants of = claim_variants(run, k);
    const std::size_t count = run.variants.size();
    if (of.turned.empty())
        return count == 1 ? fmt::format("The same in the variant \"{}\".", run.variants.front().name)
                          : fmt::format("The same in all {} variants.", count);
    std::vector<std::string> others;
    for (const VariantAnswer& variant : run.variants) {
        if (std::find(of.turned.begin(), of.turned.end(), variant.name) == of.turned.end()) continue;
        const Verdict verdict = variant.verdict(k);
        others.push_back(fmt::format("{} ({})", variant.name, to_string(verdict)));
    }
    return fmt::format("Not robust: another verdict in {} of {} variants: {}.", others.size(), count,
                       fmt::join(others, ", "));
}

}  // namespace detente
