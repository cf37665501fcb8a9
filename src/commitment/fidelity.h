// Fidelity: the chance that a promise is carried out, with its uncertainty, from a ledger.
//
// Sources: Gelman and others (2013), Bayesian Data Analysis, section 2.4 (Beta-Binomial); Papke and Wooldridge (1996)
// for shares as quasi-Bernoulli outcomes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "commitment/track.h"

namespace detente {

/// The prior, and how wide intervals are.
struct FidelityOptions {
    double prior_kept = 1.0, prior_broken = 1.0;  ///< Beta prior; (1, 1): uniform
    double interval = 0.9;                        ///< probability of the equal-tailed intervals
};

/// A posterior Beta(a, b).
struct FidelityPosterior {
    double a = 0.0, b = 0.0;
    double mean = 0.0, low = 0.0, high = 0.0;
};

/// How far one actor kept its word: counts of its rows by status, and three readings of them.
struct FidelityEstimate {
    std::string actor;
    std::string field;                                          ///< "" for all fields together
    int kept = 0, kept_in_part = 0, broken = 0, undecided = 0;  ///< of the rows that count
    FidelityPosterior strict;                                   ///< kept counts 1, all else that is decided 0
    FidelityPosterior graded_target;                            ///< each decided row counts its share of the target
    FidelityPosterior graded_increment;  ///< each decided row counts its share of the increment over the baseline
};

/// By actor, all fields and then each; in the order of the ledger. Rows with `counted = false` stay out.
std::vector<FidelityEstimate> estimate_fidelity(const Ledger& ledger, const TrackReport& report,
                                                const FidelityOptions& options = {});

/// One actor over all fields, for a study. Throws with the nearest name where the ledger has no such actor.
FidelityEstimate fidelity_of(const std::filesystem::path& ledger, const std::string& actor, Date as_of,
                             const FidelityOptions& options = {});

}  // namespace detente
