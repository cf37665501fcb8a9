#include "uncertainty/uncertainty.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
#include <cmath>
#include <memory>

#include "base/threads.h"
#include "uncertainty/bands.h"
#include "uncertainty/draw.h"
#include "uncertainty/drivers.h"
#include "uncertainty/points.h"

namespace detente {
namespace {

// Fewer draws leave too much chance in a variance by parts.
constexpr int least_for_indices = 500;
// A reason with its numbers taken out: draws that fail for the same have other numbers in what they say.
std::string kind_of(const std::string& reason) {
    std::string kind;
    for (std::size_t at = 0; at < reason.size();) {
        const bool apart = at == 0 || std::isalnum(static_cast<unsigned char>(reason[at - 1])) == 0;
        if (apart && std::isdigit(static_cast<unsigned char>(reason[at])) != 0) {
            kind += '#';
            at = std::min(reason.find_first_not_of("0123456789.eE+-", at), reason.size());
        } else {
            kind += reason[at++];
        }
    }
    return kind;
}

// Counts by kind, each under the words of its first.
void count_failure(DrawFailures& failures, const std::string& reason) {
    constexpr std::size_t most_reasons = 50;
    const std::string kind = kind_of(reason);
    const auto known =
        std::find_if(failures.begin(), failures.end(), [&](const auto& one) { return kind_of(one.first) == kind; });
    if (known != failures.end())
        ++known->second;
    else
        ++failures[failures.size() < most_reasons ? reason : "other reasons"];
}

// Names that draws answer: everything that the run answered or tried to, less what is left out.
std::vector<std::string> drawn_names(const StudyResult& run) {
    const std::vector<std::string>& left_out = run.study.uncertainty->leave_out;
    std::vector<std::string> names = {"base"};
    for (const ScenarioResult& scenario : run.scenarios) names.push_back(scenario.scenario.name);
    for (const auto& answer : run.answers)
        if (std::find(left_out.begin(), left_out.end(), answer->name()) == left_out.end())
            names.push_back(answer->name());
    return names;
}

class Draws {
public:
    Draws(const StudyResult& run, const RunOptions& given)
        : run_(run),
          settings_(*run.study.uncertainty),
          inputs_(uncertain_inputs(run.study)),
          points_(settings_.method, inputs_.size(), settings_.draws, settings_.seed),
          options_(draw_options(run, given)),
          layout_(run, options_.only),
          point_row_(layout_.row(run)),
          threads_(usable_threads(given.threads)),
          job_(given.job),
          bands_(layout_.size(), points_.draws(), points_.replicates(), !quadrature()) {
        for (std::size_t o = 0; o < layout_.outcomes.size(); ++o)
            for (std::size_t j = 0; j < layout_.regions; ++j) headlines_.push_back(layout_.outcome_at(o) + j);
        for (std::size_t k = layout_.outcome_at(layout_.outcomes.size()); k < layout_.size(); ++k)
            headlines_.push_back(k);
        std::vector<double> centre;
        for (const std::size_t k : headlines_) centre.push_back(point_row_[k]);
        if (has_indices()) drivers_ = std::make_unique<DriverSums>(inputs_, std::move(centre));
        prepare_result();
    }

    UncertaintyResult make() {
        const auto began = std::chrono::steady_clock::now();
        try {
            JobSteps steps(job_, "draws", points_.draws());
            for (int first = 0; first < points_.draws(); first += batch_size()) {
                const int count = std::min(batch_size(), points_.draws() - first);
                for (const DrawnRow& row : answer_batch(count, steps)) add(row);
            }
            if (out_.failed == out_.draws)
                none(fmt::format("none of {} draws was answered: {}", out_.draws, most_frequent()));
            else
                finish();
        } catch (const Interrupted& error) {
            none(error.what());
        }
        out_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        return std::move(out_);
    }

private:
    static RunOptions draw_options(const StudyResult& run, const RunOptions& given) {
        RunOptions options;
        options.only = drawn_names(run);
        options.threads = 1;
        options.job = given.job.silent();
        options.near = &run;
        return options;
    }

    void none(const std::string& why) {
        out_ = {};
        out_.settings = settings_;
        out_.error = why;
    }

    std::string most_frequent() const {
        const auto most = std::max_element(out_.failures.begin(), out_.failures.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        return most == out_.failures.end() ? "" : most->first;
    }

    bool quadrature() const { return settings_.method == DrawMethod::quadrature; }
    bool has_indices() const { return !quadrature() && points_.draws() >= least_for_indices; }
    bool has_ranks() const { return !quadrature() && !has_indices() && bands_.exact(); }

    // So many that threads rarely wait for each other, and no more numbers than fit besides those kept.
    int batch_size() const {
        constexpr std::size_t numbers = std::size_t{1} << 22, most = 256;
        return static_cast<int>(std::clamp(numbers / std::max<std::size_t>(1, layout_.size()), std::size_t{8}, most));
    }

    void prepare_result() {
        out_.settings = settings_, out_.inputs = inputs_, out_.keys = layout_.keys;
        out_.replicates = points_.replicates() > 1 ? points_.replicates() : 0;
        out_.exact_quantiles = bands_.exact();
        out_.drivers = has_indices() ? DriverKind::sobol : has_ranks() ? DriverKind::rank : DriverKind::none;
        for (const auto& answer : run_.answers)
            if (std::find(options_.only.begin(), options_.only.end(), answer->name()) == options_.only.end())
                out_.left_out.push_back(answer->name());
        for (const std::string& name : layout_.outcomes) out_.outcomes.emplace_back().name = name;
        for (const RowLayout::Figures& figures : layout_.answers) {
            AnswerBands& bands = out_.answers.emplace_back();
            bands.name = figures.answer->name(), bands.block = figures.answer->kind->block;
        }
        out_.claims.resize(run_.claims.size());
    }

    std::vector<double> values_at(const std::vector<double>& point) const {
        std::vector<double> values;
        for (std::size_t i = 0; i < point.size(); ++i) {
            const Distribution& d = inputs_[i].distribution;
            values.push_back(quadrature() ? d.at_standard(point[i]) : d.quantile(point[i]));
        }
        return values;
    }

    // The next draws, on all threads; each row depends on its point alone.
    const std::vector<DrawnRow>& answer_batch(int count, JobSteps& steps) {
        const auto size = static_cast<std::size_t>(count);
        batch_points_.clear();
        for (int k = 0; k < count; ++k) batch_points_.push_back(points_.next());
        rows_.assign(size, {});
        const std::size_t workers = std::min(size, static_cast<std::size_t>(threads_));
        while (workers_.size() < workers)
            workers_.push_back(std::make_unique<DrawWorker>(run_, options_, layout_, inputs_));
        std::atomic<std::size_t> next{0};
        for_each_index(workers, threads_, [&](std::size_t w) {
            for (std::size_t k = next++; k < size; k = next++) {
                job_.check();
                rows_[k] = workers_[w]->answer(values_at(batch_points_[k]));
                steps.advance();
            }
        });
        added_ = 0;
        return rows_;
    }

    // In the order of draws, on one thread.
    void add(const DrawnRow& row) {
        const std::vector<double>& point = batch_points_[added_++];
        ++out_.draws;
        bands_.add(row.numbers);
        std::vector<double> headline;
        for (const std::size_t k : headlines_) headline.push_back(row.numbers[k]);
        if (drivers_) drivers_->add(point, headline);
        if (has_ranks()) all_points_.push_back(point);
        if (settings_.keep_draws)
            out_.drawn_inputs.push_back(values_at(point)), out_.drawn_values.push_back(row.numbers);
        if (!row.failure.empty()) {
            ++out_.failed;
            count_failure(out_.failures, row.failure);
        }
        const auto note = [&](std::size_t k, auto& bands) {
            const std::string& why = row.failure.empty() ? row.failures[k] : row.failure;
            why.empty() ? ++bands.answered : ++bands.failed;
            if (!why.empty()) count_failure(bands.failures, why);
        };
        for (std::size_t o = 0; o < out_.outcomes.size(); ++o) note(o, out_.outcomes[o]);
        for (std::size_t a = 0; a < out_.answers.size(); ++a) note(out_.outcomes.size() + a, out_.answers[a]);
        for (std::size_t c = 0; c < out_.claims.size(); ++c) {
            ClaimShares& claim = out_.claims[c];
            const Verdict verdict = row.failure.empty() ? static_cast<Verdict>(row.verdicts[c]) : Verdict::undecided;
            int* const counts[] = {&claim.holds, &claim.fails, &claim.negligible, &claim.undecided};
            ++(row.failure.empty() ? *counts[static_cast<std::size_t>(verdict)] : claim.failed);
        }
    }

    Band band(std::size_t number) const {
        Band out = bands_.band(number);
        if (!std::isnan(point_row_[number])) out.point = point_row_[number];
        return out;
    }

    // `headline`: position in the list of headlines.
    std::vector<Driver> drivers_of(std::size_t headline) const {
        if (drivers_) return largest_drivers(drivers_->indices(headline));
        if (!has_ranks()) return {};
        return largest_drivers(squared_rank_correlations(all_points_, bands_.values(headlines_[headline])));
    }

    void finish() {
        std::size_t headline = 0;
        for (std::size_t o = 0; o < out_.outcomes.size(); ++o) {
            OutcomeBands& outcome = out_.outcomes[o];
            for (std::size_t k = 0; k < layout_.keys.size(); ++k) {
                std::vector<Band>& row = outcome.by_key.emplace_back();
                for (std::size_t j = 0; j < layout_.regions; ++j)
                    row.push_back(band(layout_.outcome_at(o) + k * layout_.regions + j));
            }
            for (std::size_t j = 0; j < layout_.regions; ++j) outcome.drivers.push_back(drivers_of(headline++));
        }
        std::size_t number = layout_.outcome_at(layout_.outcomes.size());
        for (std::size_t a = 0; a < out_.answers.size(); ++a)
            for (const std::string& name : layout_.answers[a].names)
                out_.answers[a].figures.push_back({name, band(number++), drivers_of(headline++)});
        for (ClaimShares& claim : out_.claims) claim.verdict = verdict_over_draws(claim);
    }

    const StudyResult& run_;
    const UncertaintySettings& settings_;
    std::vector<UncertainInput> inputs_;
    DrawPoints points_;
    RunOptions options_;
    RowLayout layout_;
    std::vector<double> point_row_;
    int threads_;
    Job job_;
    BandSums bands_;
    std::vector<std::size_t> headlines_;  // positions of the numbers that have drivers
    std::unique_ptr<DriverSums> drivers_;
    std::vector<std::unique_ptr<DrawWorker>> workers_;
    std::vector<std::vector<double>> batch_points_, all_points_;
    std::vector<DrawnRow> rows_;
    std::size_t added_ = 0;
    UncertaintyResult out_;
};

// Of a hundred, in as many digits as keep it from reading as all or none.
std::string of_hundred(int count, int all) {
    const double percent = 100.0 * count / all;
    for (int digits = 0; digits < 4; ++digits) {
        std::string text = fmt::format("{:.{}f}", percent, digits);
        if (std::stod(text) < 100.0 && std::stod(text) > 0.0) return text + " of 100";
    }
    return percent > 50.0 ? "nearly all" : "hardly any";
}

}  // namespace

std::string verdict_over_draws(const ClaimShares& s) {
    const int open = s.undecided + s.failed, all = s.holds + s.fails + s.negligible + open;
    constexpr double mostly = 0.9;
    if (all == 0) return "undecided";
    if (s.holds == all) return "holds in all";
    if (s.fails == all) return "fails in all";
    if (s.negligible == all) return "negligible in all";
    if (open == all) return "undecided in all";
    for (const auto& [word, count] :
         {std::pair{"holds", s.holds}, {"fails", s.fails}, {"negligible", s.negligible}, {"undecided", open}})
        if (count >= mostly * all) return fmt::format("{} in {}", word, of_hundred(count, all));
    if (open > 0.5 * all) return "undecided in " + of_hundred(open, all);
    if (s.holds > 0) return "depends: holds in " + of_hundred(s.holds, all);
    return s.fails > 0 ? "depends: fails in " + of_hundred(s.fails, all)
                       : "depends: negligible in " + of_hundred(s.negligible, all);
}

UncertaintyResult uncertain_answers(const StudyResult& run, const RunOptions& options) {
    if (!run.study.uncertainty) throw Error(ErrorKind::input, "the study has no [uncertainty]");
    return Draws(run, options).make();
}

StudyResult run_with_uncertainty(Study study, const RunOptions& options) {
    StudyResult run = run_study(std::move(study), options);
    if (!run.study.uncertainty || !run.any_answer()) return run;
    run.uncertainty = std::make_shared<const UncertaintyResult>(uncertain_answers(run, options));
    run.seconds += run.uncertainty->seconds;
    return run;
}

}  // namespace detente
