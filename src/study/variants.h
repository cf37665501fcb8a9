// Variants of a study: the same questions under other assumptions, and whether a claim survives them.
#pragma once

#include <string>
#include <vector>

#include "base/index_set.h"
#include "study/claims.h"

namespace detente {

struct RunOptions;
struct StudyResult;

/// Changes of welfare (percent) by region under one outcome of a variant; empty where it was not answered.
struct VariantOutcome {
    std::string name;
    std::vector<double> welfare_percent;
    std::string error;  ///< why it was not answered
};

/// A study answered under one variant: what is compared across variants, not its whole results.
struct VariantAnswer {
    std::string name, title, description;
    std::string error;                     ///< why nothing was answered; empty where something was
    IndexSet regions;                      ///< of its economy, which may be another one
    std::vector<VariantOutcome> outcomes;  ///< scenarios and questions with an equilibrium, in the study's order
    std::vector<std::string> unanswered;   ///< questions without one that failed: "name: why"
    std::vector<ClaimAnswer> claims;       ///< as many as the study has, in its order; empty where nothing was answered

    bool complete() const;  ///< nothing failed
    /// On claim `k`; undecided where nothing was answered.
    Verdict verdict(std::size_t k) const { return k < claims.size() ? claims[k].verdict : Verdict::undecided; }
};

/// How a claim fared: the number of variants, the study as it stands among them, that give each verdict.
struct ClaimVariants {
    int holds = 0, fails = 0, negligible = 0, undecided = 0;
    std::vector<std::string> turned;  ///< the variants whose verdict is another one than the study's
    /// No variant turns it, and there is one at least.
    bool robust = false;
    int all() const { return holds + fails + negligible + undecided; }
};

/// Answers the study under each of its variants, those of `only` alone; what fails keeps its error. Part of
/// `run_study`.
void answer_variants(StudyResult& run, const RunOptions& options);

/// The verdicts on claim `k` over the study and its variants.
ClaimVariants claim_variants(const StudyResult& run, std::size_t k);
/// The same in words: "The same in all 11 variants." or "Another verdict in 2 of 11 variants: krugman (fails), ...";
/// empty where there are no variants.
std::string claim_variants_in_words(const StudyResult& run, std::size_t k);

}  // namespace detente
