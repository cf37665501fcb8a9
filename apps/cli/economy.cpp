#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <numeric>

#include "base/file.h"
#include "commands.h"
#include "economy/aggregate.h"
#include "economy/check.h"
#include "economy/economy_io.h"
#include "economy/import_options.h"
#include "equilibrium/model_table.h"
#include "output.h"
#include "surroundings.h"
#include "values.h"

namespace detente::cli {
namespace {

int list() {
    const Catalogue all = catalogue();
    const auto names = all.names();
    if (names.empty())
        print("no built-in economy was found (searched: $DETENTE_ECONOMIES and the folders beside the program)\n");
    for (const std::string& name : names) {
        const Economy e = all.load(name, {}, job());
        print(fmt::format("{:<16} {} ({} regions, {} sectors, {})\n", name, e.title, e.n_regions(), e.n_sectors(),
                          e.year));
    }
    return 0;
}

std::string columns(const Economy& e) {
    std::string out;
    for (const auto& entry : e.sector_columns) out += fmt::format("  {} (by sector)\n", entry.first);
    for (const auto& entry : e.region_columns) out += fmt::format("  {} (by region)\n", entry.first);
    for (const auto& entry : e.region_sector_columns) out += fmt::format("  {} (by region and sector)\n", entry.first);
    for (const auto& entry : e.trade_columns)
        out += fmt::format("  {} (by exporter, importer and sector)\n", entry.first);
    return out.empty() ? "" : "columns:\n" + out;
}

int info(const std::string& name) {
    const Economy e = catalogue().load_name_or_path(name, job());
    print(fmt::format("{}\nyear {}, unit {}\nsource: {}\nlicence: {}\n", e.title, e.year, e.unit, e.source, e.licence));
    if (!e.note.empty()) print("note: " + e.note + "\n");
    if (!e.elasticities.empty()) print("elasticities: " + e.elasticities + "\n");
    const auto income = labour_income(e), deficit = trade_deficit(e);
    print(
        fmt::format("\n{} regions\n  {:<12} {:>16} {:>16}\n", e.n_regions(), "region", "value added", "trade deficit"));
    for (int j = 0; j < e.n_regions(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        print(fmt::format("  {:<12} {:>16} {:>16.6g}\n", e.regions[j],
                          income.empty() ? "-" : fmt::format("{:.6g}", income[at]), deficit[at]));
    }
    if (income.empty())
        print(
            "  value added is unknown: the economy has neither value_added nor value_added_share, and no model can "
            "be solved without\n");
    print(fmt::format("\n{} sectors\n  {:<14} {:<6} {:>7} {:>7} {:>7} {:>7}  {}\n", e.n_sectors(), "sector", "kind",
                      "theta", "sd ln", "sigma", "psi", "title"));
    const auto value = [](const std::vector<double>& list, int s) {
        return list.empty() ? std::string("-") : fmt::format("{:.3g}", list[static_cast<std::size_t>(s)]);
    };
    for (int s = 0; s < e.n_sectors(); ++s)
        print(fmt::format("  {:<14} {:<6} {:>7} {:>7} {:>7} {:>7}  {}\n", e.sectors[s],
                          e.goods[static_cast<std::size_t>(s)] != 0 ? "goods" : "other", value(e.theta, s),
                          value(e.theta_log_sd, s), value(e.sigma, s), value(e.psi, s),
                          e.sector_titles.empty() ? "" : e.sector_titles[static_cast<std::size_t>(s)]));
    print("\n" + columns(e));
    return 0;
}

int check(const std::string& name) {
    const CheckReport report = check_economy(catalogue().load_name_or_path(name, job()));
    print(report.text());
    if (!report.solvable()) throw Error(ErrorKind::input, name + ": cannot be solved: " + report.reasons());
    return 0;
}

struct ImportArguments {
    std::string format, out, model = default_model().name, closure;
    std::vector<std::string> paths;
    std::map<std::string, ImportValue> given;                // by the option's name
    std::map<std::string, std::vector<std::string>> values;  // of an option that may be repeated
    bool calibrate = false;
};

// The calibrated economy carries in its note how far it moved from the source.
Economy calibrated(const Economy& economy, const ImportArguments& a, std::string& words) {
    const auto position = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) - names.begin();
    };
    ModelOptions options = model_options(a.model);
    if (!a.closure.empty()) options.closure = static_cast<Closure>(position(closure_names(), a.closure));
    SolverOptions solver;
    solver.job = job();
    const Calibration base = calibrate(economy, options, solver);
    Economy out = to_economy(base.world, economy);
    const std::string closure = to_string(options.closure);
    out.note += fmt::format("{}Calibrated: the solved base equilibrium of the {} model, closure {}; {}.",
                            out.note.empty() ? "" : " ", a.model, closure, base.moved.text());
    words += fmt::format("calibrated ({}, closure {}): residual {:.1e}; {}\n", a.model, closure,
                         base.certificate.residual, base.moved.text());
    return out;
}

// Elasticities of a set replace those of the source after the base has been made with them, so that the base does not
// depend on which set is asked for; a source without any needs them before.
Economy imported(const ImportArguments& a, const ImportOptions& options) {
    const std::vector<std::filesystem::path> paths(a.paths.begin(), a.paths.end());
    if (!a.calibrate || !(options.elasticity_set || options.theta_mean || options.horizon))
        return import_economy(a.format, paths, options);
    ImportOptions plain = options;
    plain.elasticity_set.reset(), plain.theta_mean.reset(), plain.horizon.reset();
    if (options.elasticity_set && options.tariff_file.empty()) plain.sectors_file.clear();
    Economy economy = import_economy(a.format, paths, plain);
    return economy.theta.empty() && economy.sigma.empty() ? import_economy(a.format, paths, options) : economy;
}

int import(const ImportArguments& a) {
    check_output(a.out);
    ImportOptions options;
    options.job = job();
    for (const ImportOption& option : import_option_list()) {
        const auto value = a.given.find(option.name);
        if (value == a.given.end()) continue;
        const Place place{"", 0, "--" + option.name};
        options.places[option.name] = place;
        ImportValue given = value->second;
        if (!std::isfinite(given.number))
            throw_input({place, "not a number", fmt::format("{}", given.number), "a finite number", ""});
        if (option.kind == ImportOption::Kind::names) given.names = parse_names(given.text, place);
        const auto texts = a.values.find(option.name);
        if (texts != a.values.end())
            for (const std::string& text : texts->second) parse_value(text, place, given.values);
        option.set(options, given, place);
    }
    if (!options.elasticities.empty())
        options.elasticity_set = std::make_shared<const ElasticitySet>(
            catalogue().load_elasticities_or_path(options.elasticities, {"", 0, "--elasticities"}, job()));
    Economy economy = imported(a, options);
    // The file comes first: it does not depend on whether anyone reads what is printed.
    std::string words = check_economy(economy).text();
    if (!economy.note.empty()) words += "note: " + economy.note + "\n";
    if (a.calibrate) {
        economy = calibrated(economy, a, words);
        // A base is the same equilibrium whatever the elasticities: those asked for stand on its own trade.
        override_elasticities(economy, options);
    }
    write_economy(economy, a.out, write_options());
    print(words + fmt::format("{}: {} regions, {} sectors\n", a.out, economy.n_regions(), economy.n_sectors()));
    return 0;
}

void add_import_option(CLI::App& command, const ImportOption& option, const std::shared_ptr<ImportArguments>& a) {
    using Kind = ImportOption::Kind;
    const std::string flag = "--" + option.name, name = option.name;
    switch (option.kind) {
        case Kind::flag:
            command.add_flag_callback(
                flag, [a, name] { a->given[name] = {}; }, option.help);
            break;
        case Kind::number:
        case Kind::year:
            command
                .add_option_function<double>(
                    flag, [a, name](double v) { a->given[name].number = v; }, option.help)
                ->check(finite_number());
            break;
        case Kind::values:
            command
                .add_option_function<std::vector<std::string>>(
                    flag,
                    [a, name](const std::vector<std::string>& v) {
                        a->given[name] = {};
                        a->values[name] = v;
                    },
                    option.help)
                ->allow_extra_args(false);
            break;
        case Kind::names:
        case Kind::text:
        case Kind::file:
        case Kind::choice: {
            CLI::Option* added = command.add_option_function<std::string>(
                flag,
                [a, name](const std::string& v) {
                    a->given[name].text = v;
                    a->given[name].file = v;
                },
                option.help);
            if (option.kind == Kind::choice) added->check(CLI::IsMember(option.choices));
            break;
        }
    }
}

void add_import(CLI::App& parent, Action& chosen) {
    auto a = std::make_shared<ImportArguments>();
    CLI::App* command = parent.add_subcommand("import", "Make an economy file from published tables");
    command->add_option("FORMAT", a->format, fmt::format("One of: {}", fmt::join(import_formats(), ", ")))->required();
    command->add_option("PATH", a->paths, "The source's folder or file (gravity: the flows, then the GDP)")->required();
    command->add_option("-o,--output", a->out, "The economy file to write (NetCDF)")->required()->check(not_empty());
    for (const ImportOption& option : import_option_list()) add_import_option(*command, option, a);
    command->add_flag("--calibrate", a->calibrate,
                      "Write the solved base equilibrium rather than the tables as they are");
    const std::vector<std::string> models = built_in_models().names();
    std::vector<std::string> offered = models;
    offered.front() += " (default)";
    command
        ->add_option("--model", a->model,
                     fmt::format("Model of --calibrate: {} or {}", fmt::join(offered.begin(), offered.end() - 1, ", "),
                                 offered.back()))
        ->check(CLI::IsMember(models));
    command
        ->add_option("--closure", a->closure,
                     "Closure of --calibrate: fixed, world_share or balanced (default: the model's)")
        ->check(CLI::IsMember(closure_names()));
    command->footer(
        "Example:\n  detente economy import wiod wiot2011.nc --theta 5 -o wiod-2011.nc\n  detente economy import "
        "gravity "
        "flows.csv gdp.csv --gdp-unit 0.001 --theta 4 -o world.nc\n");
    command->callback([&chosen, a] { chosen = [a] { return import(*a); }; });
}

void add_named(CLI::App& parent, Action& chosen, const char* name, const char* what, int (*act)(const std::string&)) {
    auto economy = std::make_shared<std::string>();
    CLI::App* command = parent.add_subcommand(name, what);
    command->add_option("ECONOMY", *economy, "A built-in name or the path of an economy file")->required();
    command->footer(fmt::format("Example:\n  detente economy {} us-china-2017\n", name));
    command->callback([&chosen, economy, act] { chosen = [economy, act] { return act(*economy); }; });
}

struct Outputs {
    std::string economy, map, out;
};

}  // namespace

void add_economy(CLI::App& app, Action& chosen) {
    CLI::App* economy = app.add_subcommand("economy", "List, inspect, check, import, aggregate and export economies");
    economy->require_subcommand(1);
    CLI::App* list_command = economy->add_subcommand("list", "The built-in economies");
    list_command->footer("Example:\n  detente economy list\n");
    list_command->callback([&chosen] { chosen = list; });
    add_named(*economy, chosen, "info", "What is in an economy", info);
    add_named(*economy, chosen, "check", "Accounting residuals and what cannot be solved", check);
    add_import(*economy, chosen);

    auto a = std::make_shared<Outputs>();
    CLI::App* merge = economy->add_subcommand("aggregate", "Merge regions and sectors");
    merge->add_option("ECONOMY", a->economy, "A built-in name or the path of an economy file")->required();
    merge
        ->add_option(
            "--map", a->map,
            "TOML with [regions] and [sectors]: New = [\"Old\", ...]; tariffs = \"trade\" or \"simple\"; or CSV "
            "with columns kind (region, sector), old, new")
        ->required();
    merge->add_option("-o,--output", a->out, "The economy file to write")->required()->check(not_empty());
    merge->footer("Example:\n  detente economy aggregate us-china-2017 --map three-regions.toml -o three.nc\n");
    merge->callback([&chosen, a] {
        chosen = [a] {
            check_output(a->out);
            const Economy from = catalogue().load_name_or_path(a->economy, job());
            const Concordance map = read_concordance(a->map, from);
            const Economy to = aggregate(from, map);
            write_economy(to, a->out, write_options());
            print(fmt::format("{}: {} regions, {} sectors\n{}\n{}", a->out, to.n_regions(), to.n_sectors(), to.note,
                              merge_losses(from, map, to).text(from.unit)));
            return 0;
        };
    });

    auto e = std::make_shared<Outputs>();
    CLI::App* out = economy->add_subcommand("export", "Write an economy as a folder of CSV tables");
    out->add_option("ECONOMY", e->economy, "A built-in name or the path of an economy file")->required();
    out->add_option("--csv", e->out, "The folder to write")->required()->check(not_empty());
    out->footer("Example:\n  detente economy export us-china-2017 --csv us-china-csv\n");
    out->callback([&chosen, e] {
        chosen = [e] {
            export_csv(catalogue().load_name_or_path(e->economy, job()), e->out, write_options());
            print(e->out + ": written\n");
            return 0;
        };
    });
}

}  // namespace detente::cli
