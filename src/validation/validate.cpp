#include "validation/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/threads.h"

namespace detente {
namespace {

using Key = std::tuple<std::string, std::string, std::string>;
Key key_of(const EpisodeCell& cell) {
    return {cell.importer, cell.exporter, cell.sector};
}

// Every line (exporter, importer, sector) of a cell; a region's trade with itself is none.
template <class Visit>
void for_each_line_of(const EpisodeCell& cell, Visit&& visit) {
    for (const int s : cell.sectors)
        for (const int j : cell.importers)
            for (const int i : cell.exporters)
                if (i != j) visit(i, j, s);
}

TradeTensor raised(const World& world, const std::vector<TariffIncrease>& increases) {
    TradeTensor tariff = world.tariff;
    TradeTensor touched(world.n_regions(), world.n_sectors(), 0.0);
    for (const TariffIncrease& one : increases) {
        for_each_line_of(one.cell, [&](int i, int j, int s) {
            const auto line = [&] {
                return fmt::format("the tariff of {} on {} from {}", world.regions[j], world.sectors[s],
                                   world.regions[i]);
            };
            if (touched(i, j, s) != 0.0)
                throw_input({one.place, line() + " is raised twice", "", "each line in one row of the table", ""});
            touched(i, j, s) = 1.0;
            tariff(i, j, s) += one.increase;
            if (!(tariff(i, j, s) > -1.0 && tariff(i, j, s) <= highest_tariff))
                throw_input({one.place, line() + " leaves the possible range", fmt::format("{:g}", tariff(i, j, s)),
                             fmt::format("above -1 (-100 %) and at most {:g}", highest_tariff), ""});
        });
    }
    return tariff;
}

// Mean over the lines of a cell, weighted by base flows, plain where nothing flows.
template <class Value>
double mean_over(const World& world, const EpisodeCell& cell, Value&& value) {
    double sum = 0.0, weight = 0.0, plain = 0.0, lines = 0.0;
    for_each_line_of(cell, [&](int i, int j, int s) {
        const double flow = world.flow(i, j, s), one = value(i, j, s);
        sum += flow * one;
        weight += flow;
        plain += one;
        lines += 1.0;
    });
    return weight > 0.0 ? sum / weight : lines > 0.0 ? plain / lines : 0.0;
}

struct Prediction {
    const World& world;
    const Equilibrium& equilibrium;
    const TradeTensor& instrument;  // tariffs by the instrument; empty without one
};

ValidationCell predicted_cell(const Prediction& p, const EpisodeCell& cell) {
    ValidationCell out;
    out.cell = cell;
    double after = 0.0;
    for_each_line_of(cell, [&](int i, int j, int s) {
        out.base_flow += p.world.flow(i, j, s);
        after += p.equilibrium.flow(i, j, s);
    });
    if (out.base_flow > 0.0 && after > 0.0) out.predicted = std::log(after / out.base_flow);
    out.tariff_increase = mean_over(
        p.world, cell, [&](int i, int j, int s) { return p.equilibrium.tariff(i, j, s) - p.world.tariff(i, j, s); });
    if (!p.instrument.empty())
        out.instrument = mean_over(p.world, cell, [&](int i, int j, int s) {
            return std::log((1.0 + p.instrument(i, j, s)) / (1.0 + p.world.tariff(i, j, s)));
        });
    return out;
}

std::string reason_left_out(const ValidationCell& cell, const std::vector<std::string>& aside) {
    if (!cell.observed) return "no trade in one of the two periods";
    if (!cell.predicted) return "no trade in the economy's base";
    if (std::find(aside.begin(), aside.end(), cell.cell.sector) != aside.end())
        return "sector left out of the headline";
    return "";
}

void fill_cells(const Episode& episode, const Prediction& prediction, PredictorFit& out) {
    std::map<Key, const ObservedChange*> before;
    std::map<Key, double> forecast;
    for (const ObservedChange& one : episode.placebo) before[key_of(one.cell)] = &one;
    for (const ForecastChange& one : episode.forecast) forecast[key_of(one.cell)] = one.log_change;
    for (const ObservedChange& one : episode.observed) {
        ValidationCell cell = predicted_cell(prediction, one.cell);
        cell.observed = one.log_change;
        cell.weight = one.weight;
        if (const auto found = before.find(key_of(one.cell)); found != before.end()) {
            cell.placebo = found->second->log_change;
            cell.placebo_weight = found->second->weight;
        }
        if (const auto found = forecast.find(key_of(one.cell)); found != forecast.end()) cell.forecast = found->second;
        cell.left_out = reason_left_out(cell, episode.aside);
        cell.headline = cell.left_out.empty();
        out.cells.push_back(std::move(cell));
    }
}

// Groups are the sectors of each importer, numbered as they come.
class FitDataBuilder {
public:
    void add(const EpisodeCell& cell, double observed, double predicted, double weight) {
        data.observed.push_back(observed);
        data.predicted.push_back(predicted);
        data.weight.push_back(weight);
        data.group.push_back(
            groups_.emplace(std::pair{cell.importer, cell.sector}, static_cast<int>(groups_.size())).first->second);
    }
    FitData data;

private:
    std::map<std::pair<std::string, std::string>, int> groups_;
};

void fit_headline(PredictorFit& out) {
    FitDataBuilder builder;
    std::vector<ValidationCell*> cells;
    for (ValidationCell& cell : out.cells) {
        if (!cell.headline) continue;
        builder.add(cell.cell, *cell.observed, *cell.predicted, cell.weight);
        cells.push_back(&cell);
    }
    out.fit = fit_slope(builder.data);
    const std::vector<double> o = within_groups(builder.data, builder.data.observed),
                              p = within_groups(builder.data, builder.data.predicted);
    double total = 0.0;
    for (std::size_t k = 0; k < cells.size(); ++k) {
        cells[k]->within_observed = o[k];
        cells[k]->within_predicted = p[k];
        cells[k]->error_share = cells[k]->weight * (o[k] - p[k]) * (o[k] - p[k]);
        total += cells[k]->error_share;
    }
    for (ValidationCell* cell : cells) cell->error_share = total > 0.0 ? cell->error_share / total : 0.0;
}

void fit_the_rest(const Episode& episode, PredictorFit& out) {
    FitDataBuilder placebo, instrument, forecast, own;
    std::vector<double> z;
    for (const ValidationCell& cell : out.cells) {
        if (!cell.headline) continue;
        if (cell.placebo) placebo.add(cell.cell, *cell.placebo, *cell.predicted, cell.placebo_weight);
        instrument.add(cell.cell, *cell.observed, *cell.predicted, cell.weight);
        z.push_back(cell.instrument);
        if (!cell.forecast) continue;
        forecast.add(cell.cell, *cell.observed, *cell.forecast, cell.weight);
        own.add(cell.cell, *cell.observed, *cell.predicted, cell.weight);
    }
    if (!episode.placebo.empty()) out.placebo = fit_slope(placebo.data);
    if (!episode.instrument.empty()) out.instrument = fit_instrument(instrument.data, z);
    if (!episode.forecast.empty()) out.forecast = {fit_slope(forecast.data), fit_slope(own.data)};
}

void add_exporter_means(PredictorFit& out) {
    std::map<std::pair<std::string, std::string>, std::size_t> at;
    for (const ValidationCell& cell : out.cells) {
        if (!cell.headline) continue;
        const auto [found, fresh] = at.emplace(std::pair{cell.cell.importer, cell.cell.exporter}, out.exporters.size());
        if (fresh) out.exporters.push_back({cell.cell.importer, cell.cell.exporter, 0.0, 0.0, 0.0});
        ExporterMean& mean = out.exporters[found->second];
        mean.observed += cell.weight * *cell.observed;
        mean.predicted += cell.weight * *cell.predicted;
        mean.weight += cell.weight;
    }
    for (ExporterMean& mean : out.exporters) {
        mean.observed /= mean.weight;
        mean.predicted /= mean.weight;
    }
}

void add_aside_means(const Episode& episode, PredictorFit& out) {
    std::map<std::pair<std::string, std::string>, FitDataBuilder> sectors;
    for (const ValidationCell& cell : out.cells)
        if (!cell.headline && cell.observed && cell.predicted)
            sectors[{cell.cell.importer, cell.cell.sector}].add(cell.cell, *cell.observed, *cell.predicted,
                                                                cell.weight);
    for (const auto& [name, builder] : sectors) {
        if (std::find(episode.aside.begin(), episode.aside.end(), name.second) == episode.aside.end()) continue;
        AsideMean mean{name.first, name.second, 0.0, 0.0, 0.0, fit_slope(builder.data)};
        for (std::size_t k = 0; k < builder.data.weight.size(); ++k) {
            mean.observed += builder.data.weight[k] * builder.data.observed[k];
            mean.predicted += builder.data.weight[k] * builder.data.predicted[k];
            mean.weight += builder.data.weight[k];
        }
        mean.observed /= mean.weight;
        mean.predicted /= mean.weight;
        out.aside.push_back(std::move(mean));
    }
}

PredictorFit compare(const Episode& episode, const Predictor& predictor, const Job& job) {
    PredictorFit out;
    out.name = predictor.name;
    SolverOptions solver = predictor.study.solver;
    solver.job = job;
    out.base = calibrate(predictor.study.economy, predictor.study.model, solver);
    const World& world = out.base.world;
    Shock shock;
    shock.tariff = raised(world, episode.tariffs);
    const Equilibrium equilibrium = solve(world, shock, solver);
    out.certificate = equilibrium.certificate;
    const TradeTensor instrument = episode.instrument.empty() ? TradeTensor() : raised(world, episode.instrument);
    fill_cells(episode, {world, equilibrium, instrument}, out);
    fit_headline(out);
    if (!out.fit)
        throw_input({Place{episode.file, 0, "observed"}, "there is no slope to be found",
                     fmt::format("{} cells in the headline",
                                 std::count_if(out.cells.begin(), out.cells.end(),
                                               [](const ValidationCell& cell) { return cell.headline; })),
                     "more cells than sectors, with predictions and observations that differ within a sector", ""});
    fit_the_rest(episode, out);
    add_exporter_means(out);
    add_aside_means(episode, out);
    return out;
}

}  // namespace

Validation validate(Episode episode, const ValidationOptions& options) {
    Validation out;
    out.episode = std::move(episode);
    out.predictors.resize(out.episode.predictors.size());
    std::vector<std::exception_ptr> failed(out.predictors.size());
    for_each_index(out.predictors.size(), usable_threads(options.threads), [&](std::size_t k) {
        const Predictor& predictor = out.episode.predictors[k];
        try {
            out.predictors[k] = compare(out.episode, predictor, options.job);
        } catch (const Interrupted&) {
            failed[k] = std::current_exception();
        } catch (const Error& error) {
            if (k == 0) failed[k] = std::current_exception();
            out.predictors[k] = PredictorFit{};
            out.predictors[k].name = predictor.name, out.predictors[k].error = error.what();
        } catch (...) {
            failed[k] = std::current_exception();
        }
    });
    for (const std::exception_ptr& error : failed)
        if (error) std::rethrow_exception(error);
    return out;
}

bool Validation::complete() const {
    return std::all_of(predictors.begin(), predictors.end(), [](const PredictorFit& p) { return p.error.empty(); });
}

std::vector<const ValidationCell*> largest_misses(const PredictorFit& fit, std::size_t most) {
    std::vector<const ValidationCell*> list;
    for (const ValidationCell& cell : fit.cells)
        if (cell.headline) list.push_back(&cell);
    std::stable_sort(list.begin(), list.end(),
                     [](const ValidationCell* a, const ValidationCell* b) { return a->error_share > b->error_share; });
    list.resize(std::min(list.size(), most));
    return list;
}

}  // namespace detente
