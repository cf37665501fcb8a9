#include <fmt/format.h>

#include <algorithm>

#include "equilibrium/model_table.h"
#include "validation/validation_report.h"

namespace detente {
namespace {

constexpr int name_width = 48;

// Columns are counted in characters, not bytes.
std::string padded(const std::string& name, int width = name_width) {
    const auto letters = std::count_if(name.begin(), name.end(), [](char c) { return (c & 0xC0) != 0x80; });
    return name + std::string(static_cast<std::size_t>(std::max<long>(width - letters, 1)), ' ');
}

std::string fit_line(const std::string& name, const std::optional<SlopeFit>& fit) {
    if (!fit) return padded(name) + "no slope: too few cells, or no differences within sectors\n";
    return padded(name) +
           fmt::format("{:6.2f} ({:.2f})  {:5.2f} to {:5.2f}  {:6.3f}  {:6.2f}  {:7.2f}  {:8.2f}  {:5}\n", fit->slope,
                       fit->standard_error, fit->low, fit->high, fit->p_one, fit->correlation, fit->r2_at_one,
                       fit->r2_level, fit->cells);
}

// Predictions are not of that time: a slope of 0 is what is expected, and how well they fit says nothing.
std::string placebo_line(const Episode& episode, const std::optional<SlopeFit>& fit) {
    const std::string name = "  placebo: " + episode.placebo_title;
    if (!fit) return fit_line(name, fit);
    return padded(name) + fmt::format("{:6.2f} ({:.2f})  {:5.2f} to {:5.2f}  {:>6}  {:6.2f}  {:>7}  {:>8}  {:5}\n",
                                      fit->slope, fit->standard_error, fit->low, fit->high, "", fit->correlation, "",
                                      "", fit->cells);
}

std::string fit_table(const Validation& validation) {
    const Episode& episode = validation.episode;
    std::string out = padded("Observed on predicted, within sectors") +
                      " slope (s.e.)      95 %         p (=1)   corr.  R2 at 1  level R2  cells\n";
    for (const PredictorFit& fit : validation.predictors) {
        if (!fit.error.empty()) {
            out += padded(predictor_name(fit)) + "not answered: " + fit.error + "\n";
            continue;
        }
        out += fit_line(predictor_name(fit), fit.fit);
        if (!episode.placebo.empty()) out += placebo_line(episode, fit.placebo);
        if (!episode.forecast.empty()) {
            out += fit_line("  " + episode.forecast_name + "'s forecast", fit.forecast.forecast);
            out += fit_line("  ours on the same cells", fit.forecast.own);
        }
        if (!episode.instrument.empty() && !fit.instrument)
            out += padded("  by instrument: " + episode.instrument_title) + "none: it does not vary within sectors\n";
        if (fit.instrument)
            out += padded("  by instrument: " + episode.instrument_title) +
                   fmt::format("{:6.2f} ({:.2f})  {:>14}  {:6.3f}\n", fit.instrument->ratio,
                               fit.instrument->standard_error, "", fit.instrument->p_one);
    }
    return out;
}

std::string exporter_table(const PredictorFit& fit) {
    std::string out = "\n" + padded("Means of log changes, by exporter", 34) + "observed  predicted\n";
    for (const ExporterMean& mean : fit.exporters)
        out += padded(fmt::format("{} from {}", mean.importer, mean.exporter), 34) +
               fmt::format("{:8.3f}  {:9.3f}\n", mean.observed, mean.predicted);
    for (const AsideMean& mean : fit.aside)
        out += padded(fmt::format("{}, {} (not in the headline)", mean.importer, mean.sector), 34) +
               fmt::format("{:8.3f}  {:9.3f}\n", mean.observed, mean.predicted);
    return out;
}

std::string miss_table(const PredictorFit& fit) {
    constexpr std::size_t most = 8;
    std::string out =
        "\n" + padded("Largest misses, less the sector's mean", 40) + "observed  predicted  share of error\n";
    for (const ValidationCell* cell : largest_misses(fit, most))
        out += padded(fmt::format("{} from {}, {}", cell->cell.importer, cell->cell.exporter, cell->cell.sector), 40) +
               fmt::format("{:8.3f}  {:9.3f}  {:12.1f} %\n", cell->within_observed, cell->within_predicted,
                           100.0 * cell->error_share);
    return out;
}

std::string left_out(const PredictorFit& fit) {
    constexpr std::size_t most = 12;
    std::vector<std::string> lines;
    for (const ValidationCell& cell : fit.cells)
        if (!cell.headline)
            lines.push_back(fmt::format("  {} from {}, {}: {}\n", cell.cell.importer, cell.cell.exporter,
                                        cell.cell.sector, cell.left_out));
    if (lines.empty()) return "";
    std::string out = fmt::format("\nCells left out of the headline ({}):\n", lines.size());
    for (std::size_t k = 0; k < std::min(most, lines.size()); ++k) out += lines[k];
    if (lines.size() > most) out += fmt::format("  ... and {} more (cells.csv)\n", lines.size() - most);
    return out;
}

}  // namespace

std::string predictor_name(const PredictorFit& fit) {
    return fit.name.empty() ? "the episode's own" : fit.name;
}

std::string predictor_in_words(const Validation& validation, std::size_t k) {
    const Study& study = validation.episode.predictors[k].study;
    std::string out = fmt::format("{}, {}, closure \"{}\"", study.economy_name, study.model.model->name,
                                  to_string(study.model.closure));
    if (!study.economy.elasticities.empty()) out += "; " + study.economy.elasticities;
    return out;
}

std::string validation_text(const Validation& validation) {
    const Episode& episode = validation.episode;
    const PredictorFit& own = validation.predictors.front();
    std::string out = episode.title + "\n";
    if (!episode.description.empty()) out += episode.description + "\n";
    out += "\n";
    for (std::size_t k = 0; k < validation.predictors.size(); ++k)
        out += predictor_name(validation.predictors[k]) + ": " + predictor_in_words(validation, k) + "\n";
    out += "\n" + fit_table(validation);
    out +=
        "R2 at slope 1: 1 - sum w (observed - predicted)^2 / sum w observed^2, both less the sector's mean; below 0: "
        "worse\n"
        "than \"nothing changes\". Level R2: the same with nothing taken out.\n";
    return out + exporter_table(own) + miss_table(own) + left_out(own);
}

}  // namespace detente
