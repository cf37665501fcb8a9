// Fidelity: the chance that a side's word holds for a year, with its uncertainty, from a ledger.
//
// A side breaks its word at a rate; fidelity is the chance of a year without a breach, phi = exp(-rate). Restraint that
// was seen for t years with k breaches says phi^t (-ln phi)^k (Poisson), a commitment to act that was kept says phi,
// one that was broken 1 - phi: it tests the word once, as a year of restraint does. One prior, Beta(a, b) on phi, which
// is Gamma(1, a) on the rate where b is 1.
//
// Sources: Gelman and others (2013), Bayesian Data Analysis, sections 2.4 (Beta-Binomial), 2.6 (Gamma-Poisson with
// exposure) and 2.8 (priors); Papke and Wooldridge (1996) for shares as quasi-Bernoulli outcomes.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "commitment/track.h"

namespace detente {

/// A Beta prior of yearly fidelity, by name. Its weight is that of as many commitments or years of restraint.
struct FidelityPrior {
    std::string name = "uniform";
    double kept = 1.0, broken = 1.0;
    /// Its mean.
    double mean() const { return kept / (kept + broken); }
};
/// "uniform" Beta(1, 1), "jeffreys" Beta(1/2, 1/2) and "informative" Beta(4, 1): an assumption, not an estimate, that
/// of somebody who has seen governments keep three commitments before and break none.
const std::vector<FidelityPrior>& fidelity_priors();
/// Their names, in that order.
std::vector<std::string> fidelity_prior_names();
/// The one of a name that is among them.
const FidelityPrior& fidelity_prior(const std::string& name);

/// What a commitment to act counts: kept wholly or not, or its share.
enum class FidelityReading {
    strict,            ///< kept counts 1, all else that is decided 0
    graded_target,     ///< each decided row counts its share of the target
    graded_increment,  ///< each decided row counts its share of the increment over the baseline
};
/// "strict", "target" and "increment", in that order.
std::vector<std::string> fidelity_reading_names();
/// The one of a name that is among them, and its name.
FidelityReading fidelity_reading(const std::string& name);
std::string to_string(FidelityReading reading);

/// The prior, and how wide intervals are.
struct FidelityOptions {
    FidelityPrior prior;
    double interval = 0.9;  ///< probability of the equal-tailed intervals
};

/// A posterior of fidelity a year: density proportional to phi^(a-1) (1-phi)^(b-1) (-ln phi)^breaches on (0, 1); the
/// Beta(a, b) where no restraint was breached.
struct FidelityPosterior {
    double a = 0.0, b = 0.0, breaches = 0.0;
    double mean = 0.0, low = 0.0, high = 0.0;
    double prior_weight = 1.0;  ///< share of a + b + breaches that is the prior's
    /// Whether the prior has at least half of the weight.
    bool mostly_prior() const { return prior_weight >= 0.5; }
};
/// The p-quantile of a posterior, p in (0, 1), to 1e-9: a uniform draw of p gives a draw of fidelity.
double quantile(const FidelityPosterior& posterior, double p);

/// Fidelity under one of the priors.
struct FidelityUnderPrior {
    FidelityPrior prior;
    FidelityPosterior posterior;
};

/// How far one actor kept its word: what was decided, what was refrained from, and three readings of both.
struct FidelityEstimate {
    std::string actor;
    std::string field;                             ///< "" for all fields together
    int kept = 0, kept_in_part = 0, broken = 0;    ///< commitments to act that count
    int restraint = 0;                             ///< commitments to refrain that were seen for some time
    double restraint_years = 0.0, breaches = 0.0;  ///< the time for which they were seen, and breaches in it
    int censored = 0;   ///< of the rows that count: ended by an act outside the actor's choice
    int undecided = 0;  ///< commitments to act without a verdict, restraint of which nothing was seen
    FidelityPosterior strict, graded_target, graded_increment;
    /// The parts on their own: kept or not, of commitments to act (Beta), and breaches of restraint a commitment-year
    /// (Gamma with the prior's `broken` as shape and `kept` as years): mean and interval.
    FidelityPosterior acts;
    double rate = 0.0, rate_low = 0.0, rate_high = 0.0;
    std::vector<FidelityUnderPrior> priors;  ///< `graded_target` under each named prior

    /// One of the three.
    const FidelityPosterior& reading(FidelityReading which) const;
    /// Nothing decided, nothing refrained from: the prior alone.
    bool empty() const { return kept + kept_in_part + broken + restraint == 0; }
    /// Somebody broke a commitment or kept it in part, or breached restraint.
    bool fault_seen() const { return kept_in_part + broken > 0 || breaches > 0.0; }
};

/// By actor, all fields and then each; in the order of the ledger. Rows with `counted = false` stay out.
std::vector<FidelityEstimate> estimate_fidelity(const Ledger& ledger, const TrackReport& report,
                                                const FidelityOptions& options = {});

/// One actor over all fields, for a study. Throws with the nearest name where the ledger has no such actor.
FidelityEstimate fidelity_of(const std::filesystem::path& ledger, const std::string& actor, Date as_of,
                             const FidelityOptions& options = {});

}  // namespace detente
