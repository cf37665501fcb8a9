// Sets of trade elasticities: data of their own, with source and horizon, put into an economy by its sectors' codes.
//
// A set is a CSV. Above its header stand remarks, `# key: text`, with the keys of `ElasticitySet`'s texts and `codes`,
// the columns that hold codes of classifications. Columns: `sector`; `title`; `theta` and `log_sd`, or `estimate` and
// `standard_error`, which are shrunk (economy/shrinkage.h) where the set is read; `psi`; and those of `codes`, each
// with the codes of the row, " ; " between them. A row without theta and estimate has what the other estimates say of
// any sector. The sector `*` is every other one. The page of the manual is docs/elasticities.md.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/job.h"
#include "economy/economy.h"
#include "economy/shrinkage.h"

namespace detente {

/// A set of elasticities, shrunk.
struct ElasticitySet {
    /// Where the elasticity of a row comes from: its own estimate, the estimates of the others, or as given.
    enum class Basis { estimate, prior, given };
    /// A sector of the set.
    struct Row {
        std::string sector, title;
        Basis basis = Basis::given;
        ElasticityEstimate estimate;  ///< where that is the basis
        double theta = 0.0;           ///< exp of the posterior mean of ln theta, or as given
        double log_sd = 0.0;          ///< of ln theta; where `has_log_sd`
        double psi = 0.0;             ///< where `has_psi`
    };
    std::string name;                                   ///< of its file, without the ending
    std::string title, source, licence, horizon, note;  ///< for a person; horizon: of the estimates
    std::vector<Row> rows;
    bool has_log_sd = false, has_psi = false;
    LogElasticity prior;               ///< of a sector without an estimate; where there are estimates
    std::vector<std::string> columns;  ///< the classifications; the first is the set's own, "sector"
    /// Codes by classification and row.
    std::vector<std::vector<std::vector<std::string>>> codes;

    /// Whether any row is an estimate, shrunk, or what the others say.
    bool shrunk() const;
};

/// Reads a set; throws (file, line, column) where it is wrong.
ElasticitySet read_elasticity_set(const std::filesystem::path& path, const Job& job = {});

/// Horizons, and the mean of theta over goods that goes with each: `short_run`, one to two years, 2.5 (Fajgelbaum,
/// Goldberg, Kennedy and Khandelwal 2020, QJE 135: 2.53; Boehm, Levchenko and Pandalai-Nayar 2023, AER 113: 0.76 after
/// a year, about 2 after seven to ten); `long_run` 4 (Simonovska and Waugh 2014, JIE 92: 2.8 to 4.5, centre 4.1).
enum class ElasticityHorizon { short_run, long_run };
/// "short", "long".
const std::vector<std::string>& horizon_names();
double horizon_mean(ElasticityHorizon horizon);
/// The mean and where it comes from, for a person.
std::string horizon_words(ElasticityHorizon horizon);

/// Which sectors of a set stand for which of an economy, where their codes differ: pairs, each sector as often as
/// needed.
struct SectorLinks {
    /// A sector of the set and one of the economy, with where they stand.
    struct Link {
        std::string of_set, of_economy;
        Place set_place, economy_place;
    };
    std::vector<Link> links;
    std::string file;
    /// A CSV with columns `product` (or `code`, `industry`): the set's, and `sector`: the economy's.
    static SectorLinks read(const std::filesystem::path& path, const Job& job = {});
};

/// Gives every sector of the economy the elasticity of the set: theta, its sd and psi as far as the set has them (else
/// the economy has none either); sigma goes, because it is one plus theta. Codes are looked for in the columns of the
/// set (the one that knows the most of them), or by `links` where it is not null. A sector with several rows gets their
/// mean, whose sd takes them for independent. Throws where a sector has no row, naming the set, at `place`.
void apply_elasticities(Economy& economy, const ElasticitySet& set, const SectorLinks* links, const Place& place);

/// The mean of theta (where the economy has none: of sigma less 1) over the sectors where tariffs apply, weighted by
/// their trade between regions; nothing where there is no such trade or no elasticity.
std::optional<double> mean_trade_elasticity(const Economy& economy);

/// Scales the elasticities of the sectors where tariffs apply to that mean, theta psi held; sigma stays one plus theta.
/// `horizon`: whose mean it is. Throws at `place` where there is nothing to scale.
void scale_elasticities(Economy& economy, double mean, std::optional<ElasticityHorizon> horizon, const Place& place);

}  // namespace detente
