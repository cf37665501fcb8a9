// How sure the answers to a study are: what is drawn, and what the draws say. Computed in src/uncertainty.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"

namespace detente {

struct Question;
struct Study;

/// How parameters are drawn: by points of a scrambled Sobol sequence, independently, or at the 2N points of Stroud's
/// quadrature (exact for the mean of polynomials of degree 3 in N symmetric inputs).
enum class DrawMethod { sobol, random, quadrature };
/// Their names in studies and results, in order.
const std::vector<std::string>& draw_method_names();
std::string to_string(DrawMethod method);

/// `[uncertainty]` of a study, as read.
struct UncertaintySettings {
    int draws = 1000;
    std::uint64_t seed = 1;
    DrawMethod method = DrawMethod::sobol;
    bool elasticities = false;       ///< ln theta normal, with the economy's standard deviations
    double common = 0.3;             ///< the share of the variance of ln theta that all sectors have in common
    bool scale_elasticities = true;  ///< theta psi stays where theta moves; false: psi stays
    bool fidelity = false;           ///< from the posteriors of the relations' ledgers
    /// Bounds of what is uniform, by key: "discount_rate", "labour_supply", "tariff_coverage", ...
    std::map<std::string, std::pair<double, double>> intervals;
    std::vector<std::string> leave_out;  ///< questions that draws do not answer
    bool keep_draws = false;             ///< results.nc has every draw
    Place place;
};

/// The distribution of one input. `normal`: mean and standard deviation; `uniform`: bounds; `beta`: both parameters.
struct Distribution {
    /// Its family.
    enum class Kind { normal, uniform, beta };
    Kind kind = Kind::normal;
    double first = 0.0, second = 1.0;
    /// The value below which it lies with probability `u`, in (0, 1).
    double quantile(double u) const;
    /// The value at `z` of a variable of mean 0 and variance 1: of the same variance where it is symmetric.
    double at_standard(double z) const;
    /// "normal, sd 0.4", "uniform from 0.02 to 0.08".
    std::string text() const;
};

/// One independent input of the draws.
struct UncertainInput {
    /// What it moves.
    enum class Kind { common_elasticity, elasticity, labour_supply, tariff_coverage, question };
    Kind kind = Kind::question;
    std::string name;   ///< "elasticities", "elasticity.C26", "discount_rate.USA"
    std::string label;  ///< for a person: "trade elasticity of C26"
    Distribution distribution;
    int sector = -1;          ///< of an elasticity
    std::string source = {};  ///< where a question's comes from: those of one name and source are the same input
    /// A question whose parameter it is, and how it takes a value.
    struct Target {
        std::string question;
        std::function<void(Question&, double)> set;
    };
    std::vector<Target> targets = {};
};

/// What is drawn for a study, in the order of results; empty without `[uncertainty]`. Throws an input error for what
/// settings ask for and nothing in the study has.
std::vector<UncertainInput> uncertain_inputs(const Study& study);

/// The levels of a band's quantiles.
constexpr std::array<double, 5> band_levels = {0.05, 0.25, 0.50, 0.75, 0.95};

/// What draws say of one number, or the Monte Carlo error of each.
struct BandValues {
    double mean = 0.0, sd = 0.0;
    std::array<double, 5> quantile = {};
    double positive = 0.0;  ///< the chance that it is above zero
};

/// One number over the draws that have it.
struct Band {
    int draws = 0;
    std::optional<double> point;  ///< of the study itself
    BandValues value;
    std::optional<BandValues> error;  ///< standard errors; none of a quadrature, and of a few draws
};

/// What drivers are: first-order Sobol indices, squared rank correlations where draws are few, or not told (by a
/// quadrature).
enum class DriverKind { none, sobol, rank };
std::string to_string(DriverKind kind);  ///< "none", "sobol", "rank"

/// Part of the variance of a number that one input explains alone (first-order Sobol index).
struct Driver {
    std::size_t input = 0;  ///< position in the list of inputs
    double share = 0.0;
};

/// Why draws have no answer, with their number.
using DrawFailures = std::map<std::string, int>;

/// A scenario or a question's equilibrium over the draws.
struct OutcomeBands {
    std::string name;
    int answered = 0, failed = 0;
    DrawFailures failures;
    std::vector<std::vector<Band>> by_key;     ///< [key][region], keys as in `UncertaintyResult::keys`
    std::vector<std::vector<Driver>> drivers;  ///< of welfare, by region, the largest first
};

/// One figure of an answer over the draws.
struct FigureBand {
    std::string name;
    Band band;
    std::vector<Driver> drivers;
};

/// A question's figures beyond those of its equilibrium.
struct AnswerBands {
    std::string name, block;
    int answered = 0, failed = 0;
    DrawFailures failures;
    std::vector<FigureBand> figures;
};

/// A claim over the draws: numbers of them.
struct ClaimShares {
    int holds = 0, fails = 0, negligible = 0, undecided = 0;
    int failed = 0;       ///< draws that did not solve
    std::string verdict;  ///< "holds in all", "holds in 93 of 100", "depends", ...
};

/// What all draws say.
struct UncertaintyResult {
    UncertaintySettings settings;
    std::vector<UncertainInput> inputs;
    int draws = 0;       ///< made
    int failed = 0;      ///< of them without any answer: the base itself did not solve
    int replicates = 0;  ///< independent scramblings or batches, from which errors come; 0: none
    DrawFailures failures;
    bool exact_quantiles = true;  ///< by sorting; else by the P2 algorithm
    DriverKind drivers = DriverKind::none;
    std::vector<std::string> keys;  ///< region keys of `OutcomeBands::by_key`
    std::vector<OutcomeBands> outcomes;
    std::vector<AnswerBands> answers;
    std::vector<ClaimShares> claims;  ///< in the order of the study
    std::vector<std::string> left_out;
    double seconds = 0.0;
    /// With `keep_draws`: inputs by draw, and by outcome welfare and all keys by draw; row-major [draw][...], NaN where
    /// a draw has no value. Names of columns in the order of the outcomes, keys and regions, then figures.
    std::vector<std::vector<double>> drawn_inputs, drawn_values;
    std::string error;  ///< why there are none; empty: answered
};

}  // namespace detente
