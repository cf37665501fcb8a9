#include <memory>
#include <nlohmann/json.hpp>

#include "base/output_folder.h"
#include "commands.h"
#include "output.h"
#include "surroundings.h"
#include "validation/validation_report.h"
#include "values.h"

namespace detente::cli {
namespace {

struct ValidateArguments {
    std::string episode, out;
    int threads = 0;
    bool json = false;
};

const std::vector<std::string>& files() {
    static const std::vector<std::string> list = {"validation.json", "cells.csv", "scatter.svg"};
    return list;
}

int run_validate(const ValidateArguments& a) {
    ValidationOptions options;
    options.threads = a.threads;
    options.job = job();
    Sources sources;
    sources.variable = environment;
    sources.catalogue = catalogue();
    sources.job = options.job;
    Episode episode = read_episode(a.episode, sources);
    std::optional<OutputFolder> out;
    if (!a.out.empty()) out.emplace(a.out, files(), write_options());
    const Validation validation = validate(std::move(episode), options);
    const std::string json =
        validation_json(validation).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    if (out) {
        write_text(out->staged() / files()[0], json, out->options());
        write_text(out->staged() / files()[1], validation_csv(validation), out->options());
        write_text(out->staged() / files()[2], validation_scatter(validation), out->options());
        out->commit();
    }
    print(a.json ? json : validation_text(validation));
    return validation.complete() ? 0 : 2;
}

}  // namespace

void add_validate(CLI::App& app, Action& chosen) {
    auto a = std::make_shared<ValidateArguments>();
    CLI::App* command = app.add_subcommand("validate", "A model's predictions held against what happened");
    command->add_option("EPISODE", a->episode, "The episode (TOML; it names its tables)")
        ->required()
        ->check(not_empty());
    command->add_flag("--json", a->json, "Print JSON instead of tables");
    command->add_option("--out", a->out, "A folder for validation.json, cells.csv and scatter.svg")->check(not_empty());
    command->add_option("--threads", a->threads, "Threads across economies and elasticities (default: all)")
        ->check(within(1, 1024));
    command->footer("Example:\n  detente validate episodes/us-china-2017/2017-19.toml --out out/2017-19\n");
    command->callback([&chosen, a] { chosen = [a] { return run_validate(*a); }; });
}

}  // namespace detente::cli
