// detente elasticities: the sets, and what is in one.
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "output.h"
#include "surroundings.h"

namespace detente::cli {
namespace {

using Json = nlohmann::ordered_json;
using Row = ElasticitySet::Row;

constexpr double two_sided_90 = 1.6448536269514722;  // of a standard normal

const char* basis_name(ElasticitySet::Basis basis) {
    switch (basis) {
        case ElasticitySet::Basis::estimate:
            return "estimate";
        case ElasticitySet::Basis::prior:
            return "prior";
        default:
            return "given";
    }
}

std::string dump(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json head(const ElasticitySet& set) {
    return {{"name", set.name},
            {"title", set.title},
            {"source", set.source},
            {"licence", set.licence},
            {"horizon", set.horizon},
            {"note", set.note},
            {"uncertainty", set.has_log_sd},
            {"scale_elasticities", set.has_psi}};
}

int list(bool as_json) {
    const Catalogue all = catalogue();
    Json out = Json::array();
    std::string text;
    for (const std::string& name : all.elasticity_names()) {
        const ElasticitySet set = all.load_elasticities(name, {}, job());
        Json one = head(set);
        one["sectors"] = set.rows.size();
        out.push_back(std::move(one));
        text += fmt::format("{:<26} {} ({}{}{})\n", name, set.title,
                            set.rows.size() == 1 ? "every sector" : fmt::format("{} sectors", set.rows.size()),
                            set.has_log_sd ? ", with standard deviations" : "", set.has_psi ? ", with psi" : "");
    }
    if (text.empty())
        text =
            "no set of elasticities was found (searched: $DETENTE_ELASTICITIES and the folders beside the program)\n";
    print(as_json ? dump(out) : text);
    return 0;
}

Json set_json(const ElasticitySet& set) {
    Json out = head(set);
    if (set.shrunk()) out["prior"] = {{"theta", std::exp(set.prior.mean)}, {"theta_log_sd", set.prior.sd}};
    Json rows = Json::array();
    for (std::size_t at = 0; at < set.rows.size(); ++at) {
        const Row& row = set.rows[at];
        Json one = {{"sector", row.sector}, {"basis", basis_name(row.basis)}, {"theta", row.theta}};
        if (!row.title.empty()) one["title"] = row.title;
        if (set.has_log_sd) one["theta_log_sd"] = row.log_sd;
        if (set.has_psi) one["psi"] = row.psi;
        if (row.basis == ElasticitySet::Basis::estimate)
            one["estimate"] = row.estimate.value, one["standard_error"] = row.estimate.standard_error;
        for (std::size_t c = 1; c < set.columns.size(); ++c) one["codes"][set.columns[c]] = set.codes[c][at];
        rows.push_back(std::move(one));
    }
    out["sectors"] = std::move(rows);
    return out;
}

std::string set_text(const ElasticitySet& set) {
    std::string text = fmt::format("{}\n", set.title.empty() ? set.name : set.title);
    for (const auto& [key, value] : {std::pair{"source", &set.source},
                                     {"licence", &set.licence},
                                     {"horizon of the estimates", &set.horizon},
                                     {"note", &set.note}})
        if (!value->empty()) text += fmt::format("{}: {}\n", key, *value);
    for (std::size_t c = 1; c < set.columns.size(); ++c)
        text += fmt::format("{}{}", c == 1 ? "codes: " : ", ", set.columns[c]);
    text += fmt::format("{}\n{:<18} {:>8}", set.columns.size() > 1 ? "\n" : "", "sector", "theta");
    if (set.has_log_sd) text += fmt::format(" {:>15} {:>9}", "90 % interval", "sd of ln");
    if (set.has_psi) text += fmt::format(" {:>7}", "psi");
    if (set.shrunk()) text += fmt::format(" {:>18}  {}", "estimate (s.e.)", "basis");
    text += "\n";
    for (const Row& row : set.rows) {
        text += fmt::format("{:<18} {:>8.3g}", row.sector == "*" ? "every other" : row.sector, row.theta);
        if (set.has_log_sd)
            text += fmt::format(" {:>15} {:>9.2f}",
                                fmt::format("{:.2f} to {:.1f}", row.theta * std::exp(-two_sided_90 * row.log_sd),
                                            row.theta * std::exp(two_sided_90 * row.log_sd)),
                                row.log_sd);
        if (set.has_psi) text += fmt::format(" {:>7.3g}", row.psi);
        if (set.shrunk())
            text += fmt::format(" {:>18}  {}",
                                row.basis == ElasticitySet::Basis::estimate
                                    ? fmt::format("{:.2f} ({:.2f})", row.estimate.value, row.estimate.standard_error)
                                    : "-",
                                basis_name(row.basis));
        text += row.title.empty() ? "\n" : fmt::format("  {}\n", row.title);
    }
    if (set.shrunk())
        text += fmt::format(
            "theta is exp of the posterior mean of ln theta, intervals are lognormal; a sector without an estimate has "
            "{:.3g} ({:.2f} to {:.1f})\n",
            std::exp(set.prior.mean), std::exp(set.prior.mean - two_sided_90 * set.prior.sd),
            std::exp(set.prior.mean + two_sided_90 * set.prior.sd));
    return text;
}

int info(const std::string& name, bool as_json) {
    const ElasticitySet set = catalogue().load_elasticities_or_path(name, {}, job());
    print(as_json ? dump(set_json(set)) : set_text(set));
    return 0;
}

}  // namespace

void add_elasticities(CLI::App& app, Action& chosen) {
    CLI::App* command =
        app.add_subcommand("elasticities", "Sets of trade elasticities: which there are, what is in one");
    command->require_subcommand(1);
    auto as_json = std::make_shared<bool>(false);
    CLI::App* list_command = command->add_subcommand("list", "The built-in sets");
    list_command->add_flag("--json", *as_json, "Print JSON instead of a table");
    list_command->footer("Example:\n  detente elasticities list\n");
    list_command->callback([&chosen, as_json] { chosen = [as_json] { return list(*as_json); }; });

    auto name = std::make_shared<std::string>();
    CLI::App* info_command = command->add_subcommand("info", "A set: elasticities, how sure they are, source");
    info_command->add_option("SET", *name, "A built-in name or the path of a CSV")->required();
    info_command->add_flag("--json", *as_json, "Print JSON instead of a table");
    info_command->footer("Example:\n  detente elasticities info caliendo-parro\n");
    info_command->callback([&chosen, name, as_json] { chosen = [name, as_json] { return info(*name, *as_json); }; });
}

}  // namespace detente::cli
