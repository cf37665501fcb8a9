#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "commands.h"
#include "commitment/track_text.h"
#include "output.h"
#include "surroundings.h"
#include "values.h"

namespace detente::cli {
namespace {

struct TrackArguments {
    std::string ledger, as_of, out, prior = "uniform";
    bool json = false;
};

int run_track(const TrackArguments& a) {
    Date as_of = today();
    if (!a.as_of.empty()) {
        const auto given = parse_date(a.as_of);
        if (!given) throw_input({{"", 0, "--as-of"}, "not a date", a.as_of, "YYYY-MM-DD", ""});
        as_of = *given;
    }
    const Ledger ledger = read_ledger(a.ledger);
    const std::filesystem::path out = std::filesystem::path(a.out) / "ledger.json";
    if (!a.out.empty()) {
        make_folder(a.out);
        check_output(out);
    }
    const TrackReport report = track(ledger, as_of);
    FidelityOptions options;
    options.prior = fidelity_prior(a.prior);
    const auto fidelity = estimate_fidelity(ledger, report, options);
    const std::string json =
        track_json(ledger, report, fidelity, options)
            .dump(2, ' ', false, nlohmann::json::error_handler_t::replace) +  // CSV of any encoding
        "\n";
    const std::string text = a.json ? json : track_text(ledger, report, fidelity, options);
    if (!a.out.empty()) write_text(out, json, write_options());
    print(text);
    return 0;
}

}  // namespace

void add_track(CLI::App& app, Action& chosen) {
    auto a = std::make_shared<TrackArguments>();
    CLI::App* command = app.add_subcommand("track", "Words against actions: where the commitments of a ledger stand");
    command->add_option("LEDGER", a->ledger, "The ledger (TOML; it may name CSV tables)")->required();
    command->add_option("--as-of", a->as_of,
                        "The day to judge by, YYYY-MM-DD (default: today); later observations are not seen");
    command->add_option("--prior", a->prior, "Prior of fidelity: uniform (default), jeffreys or informative");
    command->add_flag("--json", a->json, "Print JSON instead of tables");
    command->add_option("--out", a->out, "A folder for ledger.json (timelines for charts)")->check(not_empty());
    command->footer("Example:\n  detente track ledgers/phase-one.toml --as-of 2022-02-08\n");
    command->callback([&chosen, a] { chosen = [a] { return run_track(*a); }; });
}

}  // namespace detente::cli
