// detente: parse, call, print.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <sstream>

#include "base/error.h"
#include "command.h"
#include "commands.h"
#include "output.h"
#include "surroundings.h"

namespace {

constexpr const char* description =
    "Detente answers with numbers: when powers choose between partnership and rivalry, what does each path cost them\n"
    "and everyone else?";
constexpr const char* footer =
    "Examples:\n"
    "  detente run studies/busan.toml                 answer a study; tables here, results in out/busan/\n"
    "  detente economy list                           the built-in economies\n"
    "  detente economy info us-china-2017             what is in one\n"
    "  detente elasticities info caliendo-parro       trade elasticities, how sure they are, and their source\n"
    "  detente tournament --noise 0.05                strategies at play, everyone against everyone\n"
    "  detente track ledgers/busan.toml               where the commitments of a ledger stand\n"
    "  detente game --payoffs FILE.csv --discount 0.9 does an agreement between two powers hold?\n"
    "  detente validate EPISODE.toml                  predictions held against what happened\n"
    "Exit status: 0 answered; 1 the input is wrong; 2 a solve failed; 3 a file could not be read or written.\n";

// The command that the words on the command line lead to, as far as they are right.
const CLI::App& chosen_command(const CLI::App& app) {
    const CLI::App* command = &app;
    while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
    return *command;
}

bool is_chosen(const CLI::App& app, const std::string& name) {
    for (const CLI::App* command = &app; !command->get_subcommands().empty();) {
        command = command->get_subcommands().front();
        if (command->get_name() == name) return true;
    }
    return false;
}

// The nearest option for a misspelt option, the nearest command for a misspelt command: of the command in question.
std::string nearest_word(const CLI::App& app, int count, char** arguments) {
    const CLI::App& command = chosen_command(app);
    std::vector<std::string> options, commands;
    for (const CLI::Option* option : command.get_options())
        for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
    for (const CLI::App* part : command.get_subcommands([](const CLI::App*) { return true; }))
        commands.push_back(part->get_name());
    // Where no command follows, words are values, which nothing is near to.
    for (int a = 1; a < count; ++a) {
        const std::string word = arguments[a], name = word.substr(0, word.find('='));
        const bool option = name.rfind("--", 0) == 0;
        const std::vector<std::string>& known = option ? options : commands;
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const std::string nearest = detente::nearest_name(name, known);
        if (!nearest.empty() && !is_chosen(app, name)) return nearest;
    }
    return "";
}

// Help and version are answers; anything else is an error of one line.
int report_parse_end(const CLI::App& app, const CLI::ParseError& error, int count, char** arguments) {
    if (error.get_exit_code() == 0) {
        std::ostringstream answer;
        app.exit(error, answer, answer);
        detente::cli::print(answer.str());
        return 0;
    }
    const std::string nearest = nearest_word(app, count, arguments);
    std::fprintf(stderr, "detente: %s%s (see detente --help)\n", detente::shown(error.what(), 500).c_str(),
                 nearest.empty() ? "" : ("; did you mean \"" + nearest + "\"?").c_str());
    return 1;
}

int answer(CLI::App& app, detente::cli::Action& action, int count, char** arguments) {
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        return report_parse_end(app, error, count, arguments);
    }
    detente::cli::begin_jobs();
    return action();
}

}  // namespace

int detente_command(int count, char** arguments) {
    detente::cli::prepare_standard_streams();
    CLI::App app{description, "detente"};
    app.footer(footer);
    app.set_version_flag("--version", std::string("detente ") + DETENTE_VERSION);
    app.require_subcommand(1);
    detente::cli::Action action;
    detente::cli::add_run(app, action);
    detente::cli::add_economy(app, action);
    detente::cli::add_elasticities(app, action);
    detente::cli::add_tournament(app, action);
    detente::cli::add_track(app, action);
    detente::cli::add_game(app, action);
    detente::cli::add_validate(app, action);
    detente::cli::add_tariffs(app, action);
    try {
        return answer(app, action, count, arguments);
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
