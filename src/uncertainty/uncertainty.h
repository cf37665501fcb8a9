// A study answered over draws of its parameters: bands, chances, drivers, and how often each claim holds.
#pragma once

#include "study/run.h"

namespace detente {

/// `run_study`, and where the study has [uncertainty] the same over draws (`uncertain_answers`), which stand in
/// `StudyResult::uncertainty`.
StudyResult run_with_uncertainty(Study study, const RunOptions& options = {});

/// Answers the study of `run` again in every draw of its [uncertainty], and sums up. The result depends on the study
/// and the seed, not on the number of threads. A draw that fails is counted with its reason. The job hears of "draws";
/// a cancelled one leaves `UncertaintyResult::error`.
UncertaintyResult uncertain_answers(const StudyResult& run, const RunOptions& options = {});

/// "holds in all", "holds in 93 of 100", "depends: holds in 55 of 100", ... of a claim's draws.
std::string verdict_over_draws(const ClaimShares& shares);

}  // namespace detente
