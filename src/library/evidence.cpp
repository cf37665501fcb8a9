#include "detente/evidence.h"

#include <nlohmann/json.hpp>

#include "library/boundary.h"
#include "library/catalogue.h"
#include "library/evidence.h"
#include "library/solver.h"
#include "library/sources.h"
#include "validation/validation_report.h"

namespace detente {
namespace library {
namespace {

const char* basis_name(ElasticitySet::Basis basis) {
    switch (basis) {
        case ElasticitySet::Basis::estimate:
            return "estimate";
        case ElasticitySet::Basis::prior:
            return "prior";
        case ElasticitySet::Basis::given:
            return "given";
    }
    return "";
}

v1::ElasticitySet public_set(const ElasticitySet& set) {
    v1::ElasticitySet out{set.name, set.title, set.source, set.licence, set.horizon, set.note, {}};
    for (const ElasticitySet::Row& row : set.rows) {
        v1::ElasticityRow one{row.sector, row.title, basis_name(row.basis), row.theta, {}, {}, {}, {}};
        if (set.has_log_sd) one.log_sd = row.log_sd;
        if (set.has_psi) one.psi = row.psi;
        if (row.basis == ElasticitySet::Basis::estimate)
            one.estimate = row.estimate.value, one.standard_error = row.estimate.standard_error;
        out.rows.push_back(std::move(one));
    }
    return out;
}

v1::TariffSchedule public_schedule(const TariffSchedule& s) {
    v1::TariffSchedule out{s.name,
                           s.title,
                           s.source,
                           s.licence,
                           s.note,
                           to_string(s.date),
                           to_string(s.data_state),
                           to_string(s.kind),
                           s.announced(),
                           {}};
    for (const TariffSchedule::Row& row : s.rows)
        out.rows.push_back({row.economy, row.importer, row.exporter, row.sector, row.increase});
    return out;
}

std::optional<v1::ValidationFit> public_fit(const std::optional<SlopeFit>& fit) {
    if (!fit) return std::nullopt;
    return v1::ValidationFit{fit->cells, fit->slope,       fit->standard_error, fit->low,     fit->high,
                             fit->p_one, fit->correlation, fit->r2_at_one,      fit->r2_level};
}

v1::Validation public_validation(const Validation& found) {
    v1::Validation out;
    out.name = found.episode.name, out.title = found.episode.title;
    for (const PredictorFit& fit : found.predictors)
        out.predictors.push_back({predictor_name(fit), public_fit(fit.fit), public_fit(fit.placebo)});
    for (const ValidationCell& cell : found.predictors.front().cells)
        out.cells.push_back({cell.cell.importer, cell.cell.exporter, cell.cell.sector, cell.predicted, cell.observed,
                             cell.weight, cell.headline});
    out.json = validation_json(found).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    out.text = validation_text(found);
    out.csv = validation_csv(found);
    out.scatter = validation_scatter(found);
    return out;
}

}  // namespace

TariffSchedule schedule_of(const std::string& name_or_path, const Catalogue& catalogue, const Place& place) {
    const bool path =
        name_or_path.find('/') != std::string::npos || std::filesystem::path(name_or_path).extension() == ".csv";
    return path ? read_tariff_schedule(name_or_path) : catalogue.load_schedule(name_or_path, place);
}

}  // namespace library

namespace v1 {
using namespace library;

std::vector<std::string> elasticity_sets(const Catalogue& catalogue) {
    return guarded([&] { return engine(catalogue).elasticity_names(); });
}

ElasticitySet elasticity_set(const std::string& name_or_path, const Catalogue& catalogue) {
    return guarded([&] { return public_set(engine(catalogue).load_elasticities_or_path(name_or_path)); });
}

std::vector<std::string> tariff_schedules(const Catalogue& catalogue) {
    return guarded([&] { return engine(catalogue).schedule_names(); });
}

TariffSchedule tariff_schedule(const std::string& name_or_path, const Catalogue& catalogue) {
    return guarded([&] { return public_schedule(schedule_of(name_or_path, engine(catalogue), {})); });
}

Validation validate(const std::string& path, const Sources& sources, int threads, const Job& job) {
    return guarded([&] {
        detente::Sources given = engine(sources);
        given.job = job_of(job);
        detente::Episode episode = read_episode(path, std::move(given));
        return public_validation(detente::validate(std::move(episode), {threads, job_of(job)}));
    });
}

}  // namespace v1
}  // namespace detente
