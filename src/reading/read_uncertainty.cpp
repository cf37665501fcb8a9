#include "reading/read_uncertainty.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "equilibrium/model_table.h"
#include "reading/question_reader.h"

namespace detente {
namespace {

// What may be uniform, and within which bounds.
struct IntervalKey {
    const char* key;
    double low, high;
};
constexpr IntervalKey interval_keys[] = {{"discount_rate", 0.0, 10.0},  {"period_years", 1e-3, 100.0},
                                         {"exit_hazard", 0.0, 0.999},   {"exit_hazard_year", 0.0, 0.999},
                                         {"accuracy", 0.5, 1.0},        {"prior", 0.0, 1.0},
                                         {"labour_supply", 0.0, 100.0}, {"tariff_coverage", 0.0, 1.0}};

constexpr int most_draws = 1'000'000;

void read_interval(TomlReader& block, const IntervalKey& key, UncertaintySettings& settings) {
    const std::vector<double> bounds = block.numbers(key.key);
    if (!block.has(key.key)) return;
    const Place place = block.place(key.key);
    const std::string found = fmt::format("[{}]", fmt::join(bounds, ", "));
    if (bounds.size() != 2) throw_input({place, "not an interval", found, "two numbers, the lowest first", ""});
    if (bounds[0] > bounds[1])
        throw_input({place, "the lowest value is above the highest", found, "the lowest first", ""});
    if (!(bounds[0] >= key.low && bounds[1] <= key.high))
        throw_input({place, "out of range", found, fmt::format("between {:g} and {:g}", key.low, key.high), ""});
    settings.intervals[key.key] = {bounds[0], bounds[1]};
}

// A question may be left out where no other that stays refers to it.
void read_left_out(TomlReader& block, const Study& study, UncertaintySettings& settings) {
    settings.leave_out = block.names("leave_out");
    const auto left_out = [&](const std::string& name) {
        return std::find(settings.leave_out.begin(), settings.leave_out.end(), name) != settings.leave_out.end();
    };
    std::vector<std::string> known;
    for (const auto& question : study.questions) known.push_back(question->name);
    for (const std::string& name : settings.leave_out)
        if (find_question(study, name) == nullptr)
            throw_unknown_name(block.place("leave_out"), "question", name, known);
    for (const auto& question : study.questions)
        for (const std::string& need : question->needs)
            if (!left_out(question->name) && left_out(need))
                throw_input(block.place("leave_out"), fmt::format("\"{}\" cannot be left out, because \"{}\" refers to "
                                                                  "it; leave that out too",
                                                                  need, question->name));
}

bool takes_ledger(const Study& study, UncertaintySettings settings) {
    settings.fidelity = true;
    settings.intervals.clear();
    return std::any_of(study.questions.begin(), study.questions.end(), [&](const auto& question) {
        return question->kind->uncertain && !question->kind->uncertain(*question, settings).empty();
    });
}

// What an interval is about has to be in the study.
void check_intervals(const TomlReader& block, const Study& study, const std::vector<UncertainInput>& inputs) {
    const UncertaintySettings& settings = *study.uncertainty;
    for (const auto& [key, bounds] : settings.intervals) {
        const auto about = [key = key](const UncertainInput& input) {
            return input.name.find(key) != std::string::npos;
        };
        if (std::none_of(inputs.begin(), inputs.end(), about))
            throw_input(block.place(key), fmt::format("no question that is drawn has a {}", key));
    }
    if (settings.intervals.count("labour_supply") > 0 && study.model.model->find("labour_supply") == nullptr)
        throw_input(block.place("labour_supply"), "not an option of the " + study.model.model->name + " model");
    if (settings.intervals.count("tariff_coverage") > 0 && study.scenarios.empty())
        throw_input(block.place("tariff_coverage"), "the study has no scenario whose tariffs could be paid in part");
}

}  // namespace

void read_uncertainty(TomlReader block, Study& study) {
    UncertaintySettings settings;
    settings.place = block.place();
    const std::string method = block.choice("method", draw_method_names(), "sobol");
    const auto at = std::find(draw_method_names().begin(), draw_method_names().end(), method);
    settings.method = static_cast<DrawMethod>(at - draw_method_names().begin());
    const bool quadrature = settings.method == DrawMethod::quadrature;
    for (const char* key : {"draws", "seed"})
        if (quadrature && block.has(key))
            throw_input(block.place(key), "a quadrature has two points for each input, and nothing random");
    settings.draws = whole(block, "draws", settings.draws, 2, most_draws);
    settings.seed = static_cast<std::uint64_t>(whole(block, "seed", 1, 0, 2'000'000'000));
    settings.elasticities = block.flag("elasticities", !study.economy.theta_log_sd.empty());
    settings.common = number_between(block, "common", settings.common, 0.0, 1.0);
    settings.scale_elasticities = block.flag("scale_elasticities", true);
    for (const IntervalKey& key : interval_keys) read_interval(block, key, settings);
    read_left_out(block, study, settings);
    settings.keep_draws = block.flag("keep_draws", false);
    const bool ledger = takes_ledger(study, settings);
    settings.fidelity = block.flag("fidelity", ledger);
    if (settings.fidelity && !ledger)
        throw_input(block.place("fidelity"), "no relation that is drawn takes its fidelity from a ledger");
    block.finish();
    study.uncertainty = settings;
    const std::vector<UncertainInput> inputs = uncertain_inputs(study);
    check_intervals(block, study, inputs);
    if (inputs.empty())
        throw_input(settings.place, "nothing is drawn; give elasticities = true, fidelity = true or an interval");
}

}  // namespace detente
