// Studies over draws of parameters, on all threads: the seconds of the draws alone, the passes over the trade tensor of
// the last scenario of the study's own answer, and the memory. Economies come from the catalogue and the published data
// (DETENTE_SHARED, default ../shared); what is absent is skipped. Where an economy does not say how sure its
// elasticities are, ln theta has a standard deviation of 0.4.
//
//     build/release/bench_uncertainty [DRAWS]
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>

#include "base/error.h"
#include "questions/built_in.h"
#include "uncertainty/uncertainty.h"

namespace {

using namespace detente;

double seconds_used() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

double mebibytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void measure(const std::string& name, Study study, int draws, double sd = 0.4) {
    if (study.economy.theta_log_sd.empty())
        study.economy.theta_log_sd.assign(static_cast<std::size_t>(study.economy.n_sectors()), sd);
    if (!study.uncertainty) study.uncertainty.emplace();
    study.uncertainty->draws = draws, study.uncertainty->elasticities = true;
    const StudyResult run = run_study(std::move(study));
    const double before = seconds_used();
    const UncertaintyResult u = uncertain_answers(run);
    const int passes = run.scenarios.empty() ? 0 : run.scenarios.back().equilibrium.certificate.passes;
    fmt::print(
        "{:<34} {:>6} draws {:>8.2f} s wall {:>8.2f} s of cores {:>9.3f} ms a draw {:>4} failed {:>7.0f} MiB, passes "
        "{}\n",
        name, u.draws, u.seconds, seconds_used() - before, 1e3 * (seconds_used() - before) / u.draws, u.failed,
        mebibytes(), passes);
    for (const OutcomeBands& outcome : u.outcomes)
        if (outcome.failed > 0)
            fmt::print("    {}: {} failed, {}\n", outcome.name, outcome.failed, outcome.failures.begin()->first);
}

// Five scenarios of tariffs between the two.
std::string scenarios(const std::string& economy) {
    std::string text = "[economy]\n" + economy + "\n";
    for (int k = 1; k <= 5; ++k)
        text += fmt::format(
            "[[scenario]]\nname = \"s{}\"\ntariff = [ {{ importer = \"USA\", exporter = \"CHN\", sector = \"goods\", "
            "add = "
            "{:.2f} }}, {{ importer = \"CHN\", exporter = \"USA\", sector = \"goods\", add = {:.2f} }} ]\n",
            k, 0.1 * k, 0.05 * k);
    return text;
}

Study without_common_ground(const std::filesystem::path& file) {
    Study study = read_study(file);
    std::erase_if(study.questions, [](const auto& question) { return question->kind->block == "common_ground"; });
    if (!study.uncertainty) study.uncertainty.emplace();
    study.uncertainty->fidelity = true;
    return study;
}

}  // namespace

int main(int argc, char** argv) {
    const int many = argc > 1 ? std::atoi(argv[1]) : 0;
    const auto draws = [&](int otherwise) { return many > 0 ? many : otherwise; };
    const char* shared = std::getenv("DETENTE_SHARED");
    const auto attempt = [](const char* name, auto act) {
        try {
            act();
        } catch (const Error& error) {
            fmt::print("{}: skipped, {}\n", name, error.what());
        }
    };
    attempt("us-china-2017", [&] {
        measure("us-china-2017, 5 scenarios", read_study(scenarios("name = \"us-china-2017\""), "bench.toml", {}),
                draws(10000));
    });
    attempt("wiod-2011", [&] {
        Sources sources;
        sources.folder = std::filesystem::path(shared != nullptr ? shared : "../shared");
        measure("wiod 2011 (41 x 35), 5 scenarios",
                read_study(scenarios("import = \"wiod\"\npath = \"data/wiod-2011/wiot2011.nc\"\ntheta = 5.0"),
                           "bench.toml", sources),
                draws(1000));
    });
    attempt("busan", [&] {
        measure("busan.toml without common ground", without_common_ground("studies/busan.toml"), draws(1000));
    });
}
