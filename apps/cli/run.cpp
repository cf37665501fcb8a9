#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "base/output_folder.h"
#include "commands.h"
#include "output.h"
#include "questions/built_in.h"
#include "report/results.h"
#include "surroundings.h"
#include "uncertainty/uncertainty.h"
#include "values.h"

namespace detente::cli {
namespace {

struct RunArguments {
    std::string study, out;
    RunOptions options;
    bool quiet = false;
};

// What a study may read: files, variables in their paths, and built-in economies.
Sources study_sources(const Job& job) {
    Sources sources;
    sources.variable = environment;
    sources.catalogue = catalogue();
    sources.job = job;
    return sources;
}

void report_failures(const StudyResult& result) {
    for (const ScenarioResult& scenario : result.scenarios)
        if (!scenario.answered)
            std::fprintf(stderr, "detente: \"%s\": %s\n", scenario.scenario.name.c_str(), scenario.error.c_str());
    for (const auto& answer : result.answers)
        if (!answer->answered())
            std::fprintf(stderr, "detente: \"%s\": %s\n", answer->name().c_str(), answer->error().c_str());
}

// Results come first: whoever closes the terminal loses the tables, not the results.
int run(const RunArguments& arguments) {
    RunOptions options = arguments.options;
    options.job = job(!arguments.quiet);
    Study study = read_study(arguments.study, study_sources(options.job));
    const std::filesystem::path folder =
        arguments.out.empty() ? std::filesystem::path("out") / study.name : std::filesystem::path(arguments.out);
    OutputFolder out(folder, result_files(), write_options());
    const StudyResult result = run_with_uncertainty(std::move(study), options);
    const bool written = result.any_answer();
    if (written) write_results(result, out);
    std::string text = arguments.quiet ? "" : console_tables(result);
    if (written && !arguments.quiet)
        text += fmt::format("\n{}: results.json, results.nc, tables/, report.html ({:.2f} s)\n", folder.string(),
                            result.seconds);
    try {
        print(text);
    } catch (const Error& error) {
        report_failures(result);
        throw_file(error.what(), written ? "the results are in " + folder.string() : "nothing was answered");
    }
    report_failures(result);
    if (!written) std::fprintf(stderr, "detente: nothing was answered; %s is as it was\n", folder.c_str());
    return result.complete() ? 0 : 2;
}

}  // namespace

void add_run(CLI::App& app, Action& chosen) {
    auto arguments = std::make_shared<RunArguments>();
    CLI::App* command = app.add_subcommand("run", "Answer every question of a study");
    command->add_option("STUDY", arguments->study, "The study file (TOML)")->required()->check(not_empty());
    command->add_option("--out", arguments->out, "Folder for the results (default: out/ and the study's name)")
        ->check(not_empty());
    command
        ->add_option("--only", arguments->options.only,
                     "Answer only this scenario or question, and what it refers to (may be repeated)")
        ->allow_extra_args(false);
    command->add_option("--threads", arguments->options.threads, "Threads across scenarios (default: all)")
        ->check(within(1, 1024));
    command->add_flag("--quiet", arguments->quiet, "Print errors only");
    command->footer("Example:\n  detente run studies/busan.toml --only truce --out out/truce\n");
    command->callback([&chosen, arguments] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace detente::cli
