#include "detente/study.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "library/boundary.h"
#include "library/catalogue.h"
#include "library/handles.h"
#include "library/solver.h"
#include "library/sources.h"
#include "questions/built_in.h"
#include "report/results.h"
#include "study/run.h"
#include "uncertainty/uncertainty.h"

namespace detente {
namespace v1 {

struct Study::Impl {
    std::shared_ptr<const detente::Study> study;
    Economy economy;
};

struct Results::Impl {
    std::shared_ptr<const StudyResult> run;
    World world;
};

}  // namespace v1

namespace library {
namespace {

v1::Study study_handle(Study read) {
    auto study = std::make_shared<const Study>(std::move(read));
    v1::Economy economy = economy_handle(std::shared_ptr<const Economy>(study, &study->economy));
    return v1::Study(std::make_shared<const v1::Study::Impl>(v1::Study::Impl{std::move(study), std::move(economy)}));
}

const UncertaintyResult& drawn_answers(const StudyResult& run) {
    if (!run.uncertainty) throw Error(ErrorKind::input, "the study draws nothing: it has no [uncertainty]");
    if (!run.uncertainty->error.empty()) throw Error(ErrorKind::solve, run.uncertainty->error);
    return *run.uncertainty;
}

template <class Named>
const Named& by_name(const std::vector<Named>& list, const std::string& what, const std::string& name) {
    std::vector<std::string> names;
    for (const Named& one : list) {
        if (one.name == name) return one;
        names.push_back(one.name);
    }
    throw_unknown_name(Place{"", 0, "name"}, what, name, names);
}

v1::Band public_band(const UncertaintyResult& u, const Band& band) {
    v1::Band out;
    out.draws = band.draws, out.mean = band.value.mean, out.sd = band.value.sd, out.positive = band.value.positive;
    if (u.settings.method != DrawMethod::quadrature)
        out.quantiles.assign(band.value.quantile.begin(), band.value.quantile.end());
    out.error = band.error ? band.error->mean : std::nan("");
    return out;
}

v1::Results results_handle(StudyResult answered) {
    auto run = std::make_shared<const StudyResult>(std::move(answered));
    v1::World world = world_handle(economy_handle(std::shared_ptr<const Economy>(run, &run->study.economy)),
                                   std::shared_ptr<const Calibration>(run, &run->base));
    return v1::Results(std::make_shared<const v1::Results::Impl>(v1::Results::Impl{std::move(run), std::move(world)}));
}

}  // namespace
}  // namespace library

namespace v1 {
using namespace library;

Study Study::parse(std::string_view text, const std::string& name, const Sources& sources) {
    return guarded([&] { return study_handle(read_study(std::string(text), name, engine(sources))); });
}

Study Study::load(const std::string& path, const Sources& sources) {
    return guarded([&] { return study_handle(read_study(std::filesystem::path(path), engine(sources))); });
}

Study Study::load(const std::string& path, const Catalogue& catalogue) {
    return guarded([&] {
        detente::Sources sources;
        sources.catalogue = engine(catalogue);
        return study_handle(read_study(std::filesystem::path(path), std::move(sources)));
    });
}

const std::string& Study::name() const noexcept {
    return impl_->study->name;
}
const std::string& Study::title() const noexcept {
    return impl_->study->title;
}
const Economy& Study::economy() const noexcept {
    return impl_->economy;
}
std::vector<std::string> Study::scenarios() const {
    std::vector<std::string> names;
    for (const Scenario& scenario : impl_->study->scenarios) names.push_back(scenario.name);
    return names;
}
std::vector<std::string> Study::questions() const {
    std::vector<std::string> names;
    for (const auto& question : impl_->study->questions) names.push_back(question->name);
    return names;
}

bool Results::complete() const {
    return impl_->run->complete();
}

std::map<std::string, std::string> Results::failures() const {
    std::map<std::string, std::string> list;
    for (const ScenarioResult& scenario : impl_->run->scenarios)
        if (!scenario.answered) list[scenario.scenario.name] = scenario.error;
    for (const auto& answer : impl_->run->answers)
        if (!answer->answered()) list[answer->name()] = answer->error();
    return list;
}

const World& Results::world() const noexcept {
    return impl_->world;
}

std::vector<std::string> Results::outcomes() const {
    std::vector<std::string> names;
    for (const ScenarioResult* outcome : detente::outcomes(*impl_->run))
        if (outcome->answered) names.push_back(outcome->scenario.name);
    return names;
}

Equilibrium Results::outcome(const std::string& name) const {
    return guarded([&] {
        const ScenarioResult* found = find_outcome(*impl_->run, name);
        if (found == nullptr) {
            std::vector<std::string> names = outcomes();
            names.insert(names.begin(), "base");
            throw_unknown_name(Place{"", 0, "name"}, "scenario or question that was answered", name, names);
        }
        return equilibrium_handle(impl_->world, std::shared_ptr<const ScenarioResult>(impl_->run, found));
    });
}

std::vector<ClaimVerdict> Results::claims() const {
    std::vector<ClaimVerdict> list;
    const UncertaintyResult* drawn = impl_->run->uncertainty.get();
    for (std::size_t k = 0; k < impl_->run->claims.size(); ++k) {
        const ClaimAnswer& claim = impl_->run->claims[k];
        list.push_back({claim.text, to_string(claim.verdict), claim.overturn, claim.reason,
                        drawn != nullptr && drawn->error.empty() ? drawn->claims[k].verdict : ""});
    }
    return list;
}

Band Results::band(const std::string& outcome, const std::string& region, const std::string& key) const {
    return guarded([&] {
        const UncertaintyResult& u = drawn_answers(*impl_->run);
        const OutcomeBands& bands = by_name(u.outcomes, "scenario or question that was drawn", outcome);
        const auto found = std::find(u.keys.begin(), u.keys.end(), key);
        if (found == u.keys.end()) throw_unknown_name(Place{"", 0, "key"}, "result", key, u.keys);
        const int at = impl_->run->base.world.regions.at(region);
        return public_band(
            u, bands.by_key[static_cast<std::size_t>(found - u.keys.begin())][static_cast<std::size_t>(at)]);
    });
}

Band Results::figure_band(const std::string& question, const std::string& figure) const {
    return guarded([&] {
        const UncertaintyResult& u = drawn_answers(*impl_->run);
        const AnswerBands& bands = by_name(u.answers, "question with figures that was drawn", question);
        return public_band(u, by_name(bands.figures, "figure", figure).band);
    });
}

std::string Results::json() const {
    return guarded([&] { return results_json(*impl_->run); });
}
std::string Results::times() const {
    return guarded([&] { return times_json(*impl_->run); });
}
std::string Results::text() const {
    return guarded([&] { return console_tables(*impl_->run); });
}
std::string Results::report() const {
    return guarded([&] { return report_html(*impl_->run); });
}
std::string Results::netcdf() const {
    return guarded([&] { return results_netcdf(*impl_->run); });
}
std::map<std::string, std::string> Results::tables() const {
    return guarded([&] { return result_tables(*impl_->run); });
}
void Results::save(const std::string& folder) const {
    guarded([&] { write_results(*impl_->run, std::filesystem::path(folder)); });
}

void save(const ResultFiles& files, const std::string& folder) {
    guarded([&] {
        const ResultContents contents{{files.json, files.times}, files.netcdf, files.tables, files.report};
        write_results(contents, std::filesystem::path(folder));
    });
}

Results run(const Study& study, const RunOptions& options) {
    return guarded([&] {
        detente::RunOptions how;
        how.only = options.only;
        how.threads = options.threads;
        how.job = job_of(options.job);
        return results_handle(run_with_uncertainty(*study.impl().study, how));
    });
}

}  // namespace v1
}  // namespace detente
