// results.nc: every array of the answered scenarios, with named dimensions, units and long names.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/file.h"
#include "economy/netcdf_file.h"
#include "equilibrium/model_table.h"
#include "report/netcdf.h"
#include "report/results.h"

namespace detente {
namespace {

using Type = NetcdfWriter::Type;

// NetCDF variable names have no dots.
std::string variable_name(std::string key) {
    for (char& c : key)
        if (c == '.') c = '_';
    return key;
}

std::string units_of(const StudyResult& run, const std::string& key) {
    if (key.find("percent") != std::string::npos) return "percent";
    if (key.find("hat") != std::string::npos) return "1";
    return run.study.economy.unit;
}

struct Table {
    std::string name, units, long_name;
    const RegionSector Equilibrium::*table;
};

std::vector<Table> tables(const std::string& unit) {
    return {{"market_price_hat", "1", "price of a sector in a region, ratio to the base", &Equilibrium::price_hat},
            {"cost_hat", "1", "unit cost of a sector in a region, ratio to the base", &Equilibrium::cost_hat},
            {"labour_hat", "1", "labour of a sector in a region, ratio to the base", &Equilibrium::labour_hat},
            {"expenditure", unit, "spending of a region on a sector, tariffs included", &Equilibrium::expenditure},
            {"output", unit, "output of a sector in a region", &Equilibrium::output}};
}

std::vector<double> flat(const RegionSector& table) {
    std::vector<double> out;
    for (int i = 0; i < table.regions(); ++i)
        for (int s = 0; s < table.sectors(); ++s) out.push_back(table(i, s));
    return out;
}

template <class Value>
void append_trade(const World& w, std::vector<double>& out, const Value& value) {
    for (int i = 0; i < w.n_regions(); ++i)
        for (int j = 0; j < w.n_regions(); ++j)
            for (int s = 0; s < w.n_sectors(); ++s) out.push_back(value(i, j, s));
}

// In the largest variable: the flows of every scenario.
double most_numbers(const StudyResult& run) {
    const World& w = run.base.world;
    const double flows = static_cast<double>(w.n_regions()) * w.n_regions() * w.n_sectors();
    double most = flows * static_cast<double>(outcomes(run).size());
    if (run.uncertainty)
        most = std::max(most, static_cast<double>(run.uncertainty->drawn_values.size()) * w.n_regions() *
                                  static_cast<double>(run.uncertainty->outcomes.size()));
    return most;
}

class ResultsFile {
public:
    ResultsFile(const StudyResult& run, NetcdfWriter& out, const Job& job)
        : run_(run), w_(run.base.world), out_(out), job_(job) {
        for (const ScenarioResult* s : outcomes(run))
            if (s->answered) answered_.push_back(s), names_.push_back(s->scenario.name);
    }

    void write() {
        define();
        out_.end_definitions();
        coordinates();
        arrays();
    }

private:
    void define() {
        out_.dimension("scenario", static_cast<int>(names_.size()));
        for (const char* name : {"region", "exporter", "importer"}) out_.dimension(name, w_.n_regions());
        out_.dimension("sector", w_.n_sectors());
        out_.text_dimension("scenario_length", names_);
        out_.text_dimension("region_length", w_.regions.names());
        out_.text_dimension("sector_length", w_.sectors.names());
        out_.define("scenario", Type::text, {"scenario", "scenario_length"}, "", "scenario of the study");
        for (const char* name : {"region", "exporter", "importer"})
            out_.define(name, Type::text, {name, "region_length"}, "", name);
        out_.define("sector", Type::text, {"sector", "sector_length"}, "", "sector");
        const std::string unit = run_.study.economy.unit;
        for (const std::string& key : region_keys())
            out_.define(variable_name(key), Type::number, {"scenario", "region"}, units_of(run_, key),
                        key + " (missing: NaN)");
        for (const Table& t : tables(unit))
            out_.define(t.name, Type::number, {"scenario", "region", "sector"}, t.units, t.long_name);
        out_.define("trade_base", Type::number, {"exporter", "importer", "sector"}, unit,
                    "flow in the base equilibrium, net of tariffs");
        out_.define("tariff_base", Type::number, {"exporter", "importer", "sector"}, "1",
                    "ad valorem tariff in the base");
        out_.define("trade", Type::number, {"scenario", "exporter", "importer", "sector"}, unit,
                    "flow, net of tariffs");
        out_.define("tariff", Type::number, {"scenario", "exporter", "importer", "sector"}, "1", "ad valorem tariff");
        if (draws() != nullptr) define_draws();
        for (const auto& kind : run_.study.question_kinds) define_answers(*kind);
        out_.define("residual", Type::number, {"scenario"}, "1",
                    "certificate: largest relative residual of any equation");
        out_.define("walras", Type::number, {"scenario"}, "1", "certificate: residual of the implied wage condition");
        out_.attribute("", "title", run_.study.title);
        out_.attribute("", "economy", run_.study.economy_name);
        out_.attribute("", "source", run_.study.economy.source);
        out_.attribute("", "licence", run_.study.economy.licence);
        out_.attribute("", "model", run_.study.model.model->name);
        out_.attribute("", "closure", to_string(run_.study.model.closure));
        out_.attribute("", "numeraire", run_.study.model.model->numeraire);
        out_.attribute("", "program", std::string("detente " DETENTE_VERSION));
        out_.attribute("", "Conventions", std::string("CF-1.10"));
    }

    // Draws that the study asks to keep; null where there are none.
    const UncertaintyResult* draws() const {
        const UncertaintyResult* u = run_.uncertainty.get();
        return u != nullptr && !u->drawn_values.empty() && !u->outcomes.empty() ? u : nullptr;
    }

    void define_draws() {
        const UncertaintyResult& u = *draws();
        for (const OutcomeBands& outcome : u.outcomes) drawn_outcomes_.push_back(outcome.name);
        for (const UncertainInput& input : u.inputs) inputs_.push_back(input.name);
        out_.dimension("draw", static_cast<int>(u.drawn_values.size()));
        out_.dimension("drawn_outcome", static_cast<int>(drawn_outcomes_.size()));
        out_.dimension("input", static_cast<int>(inputs_.size()));
        out_.text_dimension("drawn_outcome_length", drawn_outcomes_);
        out_.text_dimension("input_length", inputs_);
        out_.define("drawn_outcome", Type::text, {"drawn_outcome", "drawn_outcome_length"}, "",
                    "scenario or question that draws answer");
        out_.define("input", Type::text, {"input", "input_length"}, "", "what is drawn");
        out_.define("draw_input", Type::number, {"draw", "input"}, "", "value of an input in a draw");
        for (const std::string& key : u.keys)
            out_.define("draw_" + variable_name(key), Type::number, {"draw", "drawn_outcome", "region"},
                        units_of(run_, key), key + " in a draw (not answered: NaN)");
    }

    void write_draws() {
        const UncertaintyResult& u = *draws();
        out_.write("drawn_outcome", drawn_outcomes_);
        out_.write("input", inputs_);
        std::vector<double> inputs;
        for (const std::vector<double>& drawn : u.drawn_inputs) inputs.insert(inputs.end(), drawn.begin(), drawn.end());
        out_.write("draw_input", inputs);
        const std::size_t regions = static_cast<std::size_t>(w_.n_regions()), block = u.keys.size() * regions;
        for (std::size_t k = 0; k < u.keys.size(); ++k) {
            job_.check();
            std::vector<double> values;
            for (const std::vector<double>& row : u.drawn_values) {
                for (std::size_t o = 0; o < u.outcomes.size(); ++o) {
                    const auto from = row.begin() + static_cast<std::ptrdiff_t>(o * block + k * regions);
                    values.insert(values.end(), from, from + static_cast<std::ptrdiff_t>(regions));
                }
            }
            out_.write("draw_" + variable_name(u.keys[k]), values);
        }
    }

    // The arrays of a kind of question; where it has any answer.
    void define_answers(const QuestionKind& kind) {
        if (!kind.arrays) return;
        AnswerArrays all = kind.arrays(run_);
        if (all.arrays.empty()) return;
        for (const AnswerArrays::Dimension& d : all.dimensions) {
            if (d.name == "region" || d.name == "sector") continue;
            out_.dimension(d.name, static_cast<int>(d.labels.size()));
            if (d.whole_numbers) {
                out_.define(d.name, Type::integer, {d.name}, "", d.name);
            } else {
                out_.text_dimension(d.name + "_length", d.labels);
                out_.define(d.name, Type::text, {d.name, d.name + "_length"}, "", d.name);
            }
        }
        for (const AnswerArrays::Array& array : all.arrays)
            out_.define(kind.block + "_" + array.name, Type::number, array.dimensions, array.units,
                        array.long_name + " (missing: NaN)");
        answers_.emplace_back(kind.block, std::move(all));
    }

    void write_answers() {
        for (const auto& [block, all] : answers_) {
            for (const AnswerArrays::Dimension& d : all.dimensions) {
                if (d.name == "region" || d.name == "sector") continue;
                if (d.whole_numbers) {
                    std::vector<int> numbers;
                    for (const std::string& label : d.labels) numbers.push_back(std::stoi(label));
                    out_.write(d.name, numbers);
                } else {
                    out_.write(d.name, d.labels);
                }
            }
            for (const AnswerArrays::Array& array : all.arrays) out_.write(block + "_" + array.name, array.values);
        }
    }

    void coordinates() {
        out_.write("scenario", names_);
        for (const char* name : {"region", "exporter", "importer"}) out_.write(name, w_.regions.names());
        out_.write("sector", w_.sectors.names());
    }

    void arrays() {
        for (const std::string& key : region_keys()) {
            std::vector<double> values;
            for (const ScenarioResult* s : answered_)
                for (int j = 0; j < w_.n_regions(); ++j)
                    values.push_back(
                        region_result(run_, *s, j, key).value_or(std::numeric_limits<double>::quiet_NaN()));
            out_.write(variable_name(key), values);
        }
        for (const Table& t : tables(run_.study.economy.unit)) {
            std::vector<double> values;
            for (const ScenarioResult* s : answered_) {
                job_.check();
                const std::vector<double> one = flat(s->equilibrium.*(t.table));
                values.insert(values.end(), one.begin(), one.end());
            }
            out_.write(t.name, values);
        }
        std::vector<double> base, base_rate, trade, rate, residual, walras;
        append_trade(w_, base, [&](int i, int j, int s) { return w_.flow(i, j, s); });
        append_trade(w_, base_rate, [&](int i, int j, int s) { return w_.tariff(i, j, s); });
        for (const ScenarioResult* r : answered_) {
            job_.check();
            append_trade(w_, trade, [&](int i, int j, int s) { return r->equilibrium.flow(i, j, s); });
            append_trade(w_, rate, [&](int i, int j, int s) { return r->equilibrium.tariff(i, j, s); });
            residual.push_back(r->equilibrium.certificate.residual);
            walras.push_back(r->equilibrium.certificate.walras);
        }
        out_.write("trade_base", base);
        out_.write("tariff_base", base_rate);
        out_.write("trade", trade);
        out_.write("tariff", rate);
        if (draws() != nullptr) write_draws();
        write_answers();
        out_.write("residual", residual);
        out_.write("walras", walras);
    }

    const StudyResult& run_;
    const World& w_;
    NetcdfWriter& out_;
    const Job& job_;
    std::vector<const ScenarioResult*> answered_;
    std::vector<std::string> names_, drawn_outcomes_, inputs_;
    std::vector<std::pair<std::string, AnswerArrays>> answers_;  // by block
};

// A NetCDF dimension of length zero would read as an unlimited one.
bool any_outcome(const StudyResult& run) {
    const auto all = outcomes(run);
    return std::any_of(all.begin(), all.end(), [](const ScenarioResult* s) { return s->answered; });
}

}  // namespace

void write_results_netcdf(const StudyResult& run, const std::filesystem::path& path, const WriteOptions& options) {
    if (!any_outcome(run)) return;
    const auto write = [&](const std::filesystem::path& temporary) {
        NetcdfWriter out(temporary, path.string(), NetcdfWriter::format_for(most_numbers(run)), options.job);
        ResultsFile(run, out, options.job).write();
        out.close();
    };
    write_beside(path, write, options);
}

std::string results_netcdf(const StudyResult& run, const Job& job) {
    if (!any_outcome(run)) return "";
    NetcdfWriter out("results.nc", NetcdfWriter::format_for(most_numbers(run)), job);
    ResultsFile(run, out, job).write();
    return out.bytes();
}

}  // namespace detente
