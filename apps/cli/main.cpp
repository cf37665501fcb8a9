// detente: parse, call, print.
#include <cstdio>
#include <exception>
#include <new>

#include "base/error.h"
#include "base/progress.h"
#include "commands.h"

namespace {

constexpr const char* description =
    "Detente answers with numbers: when powers choose between partnership and rivalry, what does each path cost them\n"
    "and everyone else?";
constexpr const char* footer =
    "Examples:\n"
    "  detente run studies/busan.toml                 answer a study; tables here, results in out/busan/\n"
    "  detente economy list                           the built-in economies\n"
    "  detente economy info us-china-2017             what is in one\n"
    "  detente tournament --noise 0.05                strategies at play, everyone against everyone\n"
    "  detente track ledgers/busan.toml               where the commitments of a ledger stand\n"
    "  detente game --payoffs FILE.csv --discount 0.9 does an agreement between two powers hold?\n"
    "Exit status: 0 answered; 1 the input is wrong; 2 a solve failed; 3 a file could not be read or written.\n";

// A misspelt word on the command line gets the nearest valid one.
int report_parse_error(const CLI::App& app, const CLI::ParseError& error, int count, char** arguments) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::vector<std::string> known;
    const std::function<void(const CLI::App*)> collect = [&](const CLI::App* part) {
        for (const CLI::Option* option : part->get_options())
            for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
        for (const CLI::App* command : part->get_subcommands([](const CLI::App*) { return true; })) {
            known.push_back(command->get_name());
            collect(command);
        }
    };
    collect(&app);
    std::string nearest;
    for (int a = 1; a < count && nearest.empty(); ++a) {
        const std::string word = arguments[a];
        if (std::find(known.begin(), known.end(), word) == known.end()) nearest = detente::nearest_name(word, known);
    }
    std::fprintf(stderr, "detente: %s%s (see detente --help)\n", error.what(),
                 nearest.empty() ? "" : ("; did you mean \"" + nearest + "\"?").c_str());
    return 1;
}

}  // namespace

int main(int count, char** arguments) {
    CLI::App app{description, "detente"};
    app.footer(footer);
    app.set_version_flag("--version", std::string("detente ") + DETENTE_VERSION);
    app.require_subcommand(1);
    detente::cli::Action action;
    detente::cli::add_run(app, action);
    detente::cli::add_economy(app, action);
    detente::cli::add_tournament(app, action);
    detente::cli::add_track(app, action);
    detente::cli::add_game(app, action);
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        return report_parse_error(app, error, count, arguments);
    }
    detente::catch_interrupts();
    try {
        return action();
    } catch (const detente::Error& error) {
        std::fprintf(stderr, "detente: %s\n", error.what());
        return error.exit_status();
    } catch (const std::bad_alloc&) {
        std::fprintf(stderr, "detente: not enough memory\n");
        return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "detente: %s\n", error.what());
        return 2;
    }
}
