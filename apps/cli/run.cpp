#include <cstdio>
#include <memory>

#include "commands.h"
#include "study/relation_answers.h"

namespace detente::cli {
namespace {

struct RunArguments {
    std::string study, out;
    RunOptions options;
};

int run(const RunArguments& arguments) {
    Study study = read_study(arguments.study);
    const std::filesystem::path folder =
        arguments.out.empty() ? std::filesystem::path("out") / study.name : std::filesystem::path(arguments.out);
    const StudyResult result = run_study(std::move(study), arguments.options);
    if (!arguments.options.quiet) std::fputs(console_tables(result).c_str(), stdout);
    write_results(result, folder);
    if (!arguments.options.quiet) {
        std::printf("\n%s: results.json, results.nc, tables/, report.html (%.2f s)\n", folder.c_str(), result.seconds);
        std::fflush(stdout);
    }
    for (const ScenarioResult* outcome : all_outcomes(result))
        if (!outcome->answered)
            std::fprintf(stderr, "detente: \"%s\": %s\n", outcome->scenario.name.c_str(), outcome->error.c_str());
    for (const RelationAnswer& relation : result.relation_answers->relation)
        if (!relation.answered())
            std::fprintf(stderr, "detente: \"%s\": %s\n", relation.question.name.c_str(), relation.error.c_str());
    return result.complete() ? 0 : 2;
}

}  // namespace

void add_run(CLI::App& app, Action& chosen) {
    auto arguments = std::make_shared<RunArguments>();
    CLI::App* command = app.add_subcommand("run", "Answer every question of a study");
    command->add_option("STUDY", arguments->study, "The study file (TOML)")->required();
    command->add_option("--out", arguments->out, "Folder for the results (default: out/ and the study's name)");
    command
        ->add_option("--only", arguments->options.only,
                     "Answer only this scenario or question, and what it refers to (may be repeated)")
        ->allow_extra_args(false);
    command->add_option("--threads", arguments->options.threads, "Threads across scenarios (default: all)")
        ->check(CLI::Range(1, 1024));
    command->add_flag("--quiet", arguments->options.quiet, "Print errors only");
    command->footer("Example:\n  detente run studies/busan.toml --only truce --out out/truce\n");
    command->callback([&chosen, arguments] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace detente::cli
