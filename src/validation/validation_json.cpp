#include <nlohmann/json.hpp>

#include "base/csv.h"
#include "equilibrium/model_table.h"
#include "validation/validation_report.h"

namespace detente {
namespace {

using nlohmann::ordered_json;

// What could not be found is absent.
void add_fit(ordered_json& out, const char* key, const std::optional<SlopeFit>& fit) {
    if (!fit) return;
    out[key] = {{"cells", fit->cells},
                {"groups", fit->groups},
                {"slope", fit->slope},
                {"standard_error", fit->standard_error},
                {"interval", {fit->low, fit->high}},
                {"p_slope_one", fit->p_one},
                {"correlation", fit->correlation},
                {"r2_at_one", fit->r2_at_one},
                {"r2_level", fit->r2_level}};
}

ordered_json instrument_json(const std::string& title, const InstrumentFit& fit) {
    return {{"title", title},
            {"cells", fit.cells},
            {"observed_on_instrument", fit.observed_on_instrument},
            {"predicted_on_instrument", fit.predicted_on_instrument},
            {"ratio", fit.ratio},
            {"standard_error", fit.standard_error},
            {"p_ratio_one", fit.p_one}};
}

ordered_json economy_json(const Study& study) {
    ordered_json out = {{"name", study.economy_name}, {"title", study.economy.title}, {"year", study.economy.year}};
    if (!study.economy.elasticities.empty()) out["elasticities"] = study.economy.elasticities;
    return out;
}

ordered_json exporters_json(const PredictorFit& fit) {
    ordered_json list = ordered_json::array();
    for (const ExporterMean& mean : fit.exporters)
        list.push_back({{"importer", mean.importer},
                        {"exporter", mean.exporter},
                        {"observed", mean.observed},
                        {"predicted", mean.predicted},
                        {"weight", mean.weight}});
    return list;
}

ordered_json aside_json(const PredictorFit& fit) {
    ordered_json list = ordered_json::array();
    for (const AsideMean& mean : fit.aside) {
        list.push_back({{"importer", mean.importer},
                        {"sector", mean.sector},
                        {"observed", mean.observed},
                        {"predicted", mean.predicted},
                        {"weight", mean.weight}});
        add_fit(list.back(), "fit", mean.fit);
    }
    return list;
}

ordered_json misses_json(const PredictorFit& fit) {
    constexpr std::size_t most = 10;
    ordered_json list = ordered_json::array();
    for (const ValidationCell* cell : largest_misses(fit, most))
        list.push_back({{"importer", cell->cell.importer},
                        {"exporter", cell->cell.exporter},
                        {"sector", cell->cell.sector},
                        {"within_observed", cell->within_observed},
                        {"within_predicted", cell->within_predicted},
                        {"error_share", cell->error_share}});
    return list;
}

ordered_json predictor_json(const Validation& validation, std::size_t k) {
    const Episode& episode = validation.episode;
    const PredictorFit& fit = validation.predictors[k];
    const Study& study = episode.predictors[k].study;
    ordered_json out = {{"name", fit.name},
                        {"economy", economy_json(study)},
                        {"model", {{"kind", study.model.model->name}, {"closure", to_string(study.model.closure)}}},
                        {"status", fit.error.empty() ? "answered" : "failed"}};
    if (!fit.error.empty()) {
        out["error"] = fit.error;
        return out;
    }
    add_fit(out, "fit", fit.fit);
    add_fit(out, "placebo", fit.placebo);
    if (fit.instrument) out["instrument"] = instrument_json(episode.instrument_title, *fit.instrument);
    if (!episode.forecast.empty()) {
        out["forecast"]["name"] = episode.forecast_name;
        add_fit(out["forecast"], "forecast", fit.forecast.forecast);
        add_fit(out["forecast"], "own", fit.forecast.own);
    }
    out["exporters"] = exporters_json(fit);
    out["aside"] = aside_json(fit);
    out["misses"] = misses_json(fit);
    out["certificate"] = {{"residual", fit.certificate.residual}, {"walras", fit.certificate.walras}};
    return out;
}

ordered_json cell_json(const ValidationCell& cell) {
    ordered_json out = {{"importer", cell.cell.importer}, {"exporter", cell.cell.exporter},
                        {"sector", cell.cell.sector},     {"tariff_increase", cell.tariff_increase},
                        {"weight", cell.weight},          {"headline", cell.headline}};
    if (cell.predicted) out["predicted"] = *cell.predicted;
    if (cell.observed) out["observed"] = *cell.observed;
    if (!cell.left_out.empty()) out["left_out"] = cell.left_out;
    if (cell.placebo) out["placebo"] = *cell.placebo;
    if (cell.forecast) out["forecast"] = *cell.forecast;
    if (cell.headline) {
        out["within_observed"] = cell.within_observed;
        out["within_predicted"] = cell.within_predicted;
    }
    return out;
}

std::string csv_or_empty(const std::optional<double>& value) {
    return value ? csv_number(*value) : "";
}

}  // namespace

ordered_json validation_json(const Validation& validation) {
    const Episode& episode = validation.episode;
    ordered_json out = {{"version", 1},
                        {"program", "detente " DETENTE_VERSION},
                        {"title", episode.title},
                        {"description", episode.description},
                        {"episode", episode.name}};
    if (!episode.placebo.empty()) out["placebo_title"] = episode.placebo_title;
    ordered_json predictors = ordered_json::array();
    for (std::size_t k = 0; k < validation.predictors.size(); ++k) predictors.push_back(predictor_json(validation, k));
    out["predictors"] = std::move(predictors);
    ordered_json cells = ordered_json::array();
    for (const ValidationCell& cell : validation.predictors.front().cells) cells.push_back(cell_json(cell));
    out["cells"] = std::move(cells);
    return out;
}

std::string validation_csv(const Validation& validation) {
    std::string out =
        "predictor,importer,exporter,sector,tariff_increase,predicted,observed,weight,placebo,forecast,headline,left_"
        "out\n";
    for (const PredictorFit& fit : validation.predictors) {
        for (const ValidationCell& cell : fit.cells) {
            out += csv_field(fit.name) + ',' + csv_field(cell.cell.importer) + ',' + csv_field(cell.cell.exporter) +
                   ',' + csv_field(cell.cell.sector) + ',' + csv_number(cell.tariff_increase) + ',' +
                   csv_or_empty(cell.predicted) + ',' + csv_or_empty(cell.observed) + ',' + csv_number(cell.weight) +
                   ',' + csv_or_empty(cell.placebo) + ',' + csv_or_empty(cell.forecast) + ',' +
                   (cell.headline ? "1" : "0") + ',' + csv_field(cell.left_out) + '\n';
        }
    }
    return out;
}

}  // namespace detente
